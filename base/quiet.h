/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_QUIET_H
#define CITABLE_BASE_QUIET_H

/* Some libraries print what they dislike on standard error, without limit and without a way to stop it (Poppler, libxlsxwriter): while one of these
 * is held, standard error leads nowhere. Only around calls of such a library, never around our own messages. */
struct quiet {
    int saved; /* the real standard error, or -1 */
};

struct quiet quiet_begin(void);
void quiet_end(struct quiet *quiet);

#endif
