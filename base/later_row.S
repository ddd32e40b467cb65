/* SPDX-License-Identifier: GPL-3.0-or-later
 * Functions of libraries that are opened later (later.c), for x86-64. The caller's arguments, in registers and on the stack, are those of the function that is found. */

/* library SONAME: the library of the rows behind it. */
    .macro library soname
    .section .rodata
.Llibrary:
    .asciz "\soname"
    .endm

/* later NAME: the function of that name, which goes on to where its row says. */
    .macro later name
    .section .rodata
.Lname_\name:
    .asciz "\name"
    .data
    .balign 8
.Lrow_\name:
    .quad .Llibrary, .Lname_\name, .Lfirst_\name
    .text
    .balign 16
    .globl \name
    .type \name, %function
\name:
    jmp *.Lrow_\name+16(%rip)
.Lfirst_\name:
    lea .Lrow_\name(%rip), %r11
    jmp .Lfind
    .size \name, . - \name
    .endm

/* The first call: keeps what may be an argument (rax counts those in vector registers), asks, and goes on. */
    .text
    .type .Lfind, %function
.Lfind:
    .cfi_startproc
    push %rbp
    .cfi_def_cfa_offset 16
    .cfi_offset %rbp, -16
    mov %rsp, %rbp
    .cfi_def_cfa_register %rbp
    push %rax
    push %rdi
    push %rsi
    push %rdx
    push %rcx
    push %r8
    push %r9
    push %r10
    sub $128, %rsp
    movups %xmm0, (%rsp)
    movups %xmm1, 16(%rsp)
    movups %xmm2, 32(%rsp)
    movups %xmm3, 48(%rsp)
    movups %xmm4, 64(%rsp)
    movups %xmm5, 80(%rsp)
    movups %xmm6, 96(%rsp)
    movups %xmm7, 112(%rsp)
    mov %r11, %rdi
    call later_find
    mov %rax, %r11
    movups (%rsp), %xmm0
    movups 16(%rsp), %xmm1
    movups 32(%rsp), %xmm2
    movups 48(%rsp), %xmm3
    movups 64(%rsp), %xmm4
    movups 80(%rsp), %xmm5
    movups 96(%rsp), %xmm6
    movups 112(%rsp), %xmm7
    add $128, %rsp
    pop %r10
    pop %r9
    pop %r8
    pop %rcx
    pop %rdx
    pop %rsi
    pop %rdi
    pop %rax
    leave
    .cfi_def_cfa %rsp, 8
    jmp *%r11
    .cfi_endproc
    .section .note.GNU-stack, "", %progbits
