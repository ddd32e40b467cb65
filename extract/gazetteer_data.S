/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of names, as names/make_gazetteer.c wrote it at build time. */
    .section .rodata
    .balign 16
    .globl citable_gazetteer
    .type citable_gazetteer, %object
citable_gazetteer:
    .incbin CITABLE_GAZETTEER
    .size citable_gazetteer, . - citable_gazetteer
    .section .note.GNU-stack, "", %progbits
