/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_TESTS_KEPT_FONTS_H
#define CITABLE_TESTS_KEPT_FONTS_H

/* For tests that draw letters: fontconfig keeps what it knows of fonts until the program ends, which the sanitizers call a leak. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

#endif
