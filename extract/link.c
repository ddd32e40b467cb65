/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/pass.h"

void extract_links(struct extraction *x)
{
    (void)x;
}
