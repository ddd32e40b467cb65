/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <mimalloc.h>

/* Only with CITABLE_TUNED. A process that reads one document and ends gives no page back to the system: it would ask for it again with the next page of the document. */
__attribute__((constructor)) static void keep_pages(void)
{
    mi_option_disable(mi_option_page_reset);
    mi_option_disable(mi_option_allow_decommit);
}
