/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/answer.h"

void answer_free(struct answer *answer)
{
    if (!answer)
        return;
    document_row_free(answer->document);
    passage_row_free(answer->passage);
    figure_row_free(answer->figure);
    g_free(answer->why);
    g_free(answer);
}
