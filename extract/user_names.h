/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_USER_NAMES_H
#define CITABLE_EXTRACT_USER_NAMES_H

#include "extract/actor/actor.h"

/*  A user's own names, read after ours from the .tsv files of FOLDER/names, one row each:
 *
 *    actor  NAME  CLASS  ACRONYM     an organisation, group … that our table lacks; ACRONYM may be left out
 *    alias  FORM  NAME               another form of a name, of ours or of the user's
 *    merge  NAME  NAME               the first is the same as the second, and called so
 *    place  NAME  CODE  LAT  LON     a place that our table lacks, in the country or area of that ISO 3166 code; the position may be left out
 *    ban    NAME                     no actor and no place, nor is anything inside it  */
enum user_name_kind { USER_ACTOR, USER_ALIAS, USER_MERGE, USER_PLACE, USER_BAN, USER_KINDS };

struct user_name {
    enum user_name_kind kind;
    char *form;        /* as the row has it */
    char *name;        /* what it means: the canonical name */
    char *acronym;     /* or NULL */
    enum actor_class class;
    const struct user_name *place; /* what an alias means, where that is a place of the user's; a place: itself; else NULL */
    char *iso;         /* places */
    float lat, lon;    /* degrees; NAN = unknown */
    unsigned line;     /* in `path` */
    const char *path;
};

struct user_names {
    GPtrArray *rows;    /* struct user_name *, in the order they were read */
    GPtrArray *paths;
    GHashTable *forms;  /* folded words, one space between → struct user_name *: actors, aliases, acronyms, bans */
    GHashTable *starts; /* token_hash of a form's first word → most words of such a form */
    GHashTable *merges; /* folded name → the name it is merged into */
    uint32_t checksum;  /* of all bytes read */
};

/* Reads the .tsv files of FOLDER/names in the order of their names; *ret is NULL where there is no such folder. Errors: RULE ("path:line: what"), on the
 * first row that is no row. The caller frees *ret. */
bool user_names_new(const char *folder, struct user_names **ret, GError **error);
void user_names_free(struct user_names *names);

/* The user's form that begins at token `first`, the longest; NULL where there is none. Sets the token behind it and its span. */
const struct user_name *user_names_match(const struct user_names *names, const struct name_scan *scan, uint32_t first, uint32_t *ret_after, struct span *ret_span);

/* What a canonical name is merged into: itself where no row says so. `names` may be NULL. */
const char *user_names_merged(const struct user_names *names, const char *canonical);

/* Appends a line for each row that can have no effect or contradicts another; returns how many. `names` may be NULL. */
unsigned user_names_lint(const struct user_names *names, GString *report);

#endif
