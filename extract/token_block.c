/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/token_block.h"

struct token_block token_block_of(const char *text, const struct token_block *before)
{
    uint64_t letters = 0, digits = 0, spaces = 0, wide = 0;
    for (unsigned i = 0; i < TOKEN_BLOCK; i += (unsigned)sizeof(bytes16)) {
        bytes16 b = bytes_at(text + i);
        letters |= bytes_bits(bytes_within(b | 0x20, 'a', 26)) << i;
        digits |= bytes_bits(bytes_within(b, '0', 10)) << i;
        spaces |= bytes_bits((bytes16)(b == ' ') | (bytes_within(b, '\t', 5) & (bytes16)(b != '\v'))) << i; /* as g_ascii_isspace */
        wide |= bytes_bits(b | (bytes16)(b == '\'')) << i;
    }
    uint64_t inside = (letters & (letters << 1 | before->letter)) | (digits & (digits << 1 | before->digit));
    uint64_t ends = ~(spaces << 1 | before->space) & ~inside;
    return (struct token_block){
        .starts = ~spaces & ~inside, .ends = ends, .odd = ends & (wide | wide << 1 | before->wide),
        .letter = letters >> 63, .digit = digits >> 63, .space = spaces >> 63, .wide = wide >> 63,
    };
}
