/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/timing.h"
#include "extract/link/attribution.h"
#include "extract/extractor.h"
#include "extract/link/link.h"
#include "extract/name_scan.h"
#include "extract/period/period.h"

/* Order matters: a pass reads the mentions of the passes above it. */
static const struct pass passes[] = {
    {"note",        extract_notes       }, /* first: a mark must never be read as a digit */
    {"number",      extract_numbers     },
    {"period",      extract_periods     },
    {"actor",       extract_actors      }, /* before places: a place inside an official name is none of its own */
    {"location",    extract_locations   },
    {"figure",      extract_figures     }, /* number + unit + qualifier + what is counted */
    {"attribution", extract_attributions}, /* who a sentence credits */
    {"link",        extract_links       }, /* figure + period + places + credit + note */
};

static char *version_of(const struct extractor *extractor)
{
    uint32_t names = gazetteer_get()->checksum ^ (extractor->names ? extractor->names->checksum : 0);
    uint32_t words = extractor->periods->checksum ^ extractor->links->checksum ^ extractor->attributions->checksum;
    return g_strdup_printf("%s-%08x-%08x", CITABLE_VERSION, extractor->rules->checksum ^ words, names);
}

static bool make(const char *rules, bool brief, struct extractor **ret, GError **error)
{
    struct extractor *extractor = g_new0(struct extractor, 1);
    extractor->lexicon = lexicon_new();
    extractor->periods = period_words_new();
    extractor->links = link_words_new();
    extractor->attributions = attribution_words_new();
    if (!rules_new(rules, brief, &extractor->rules, error) || !user_names_new(rules, &extractor->names, error)) {
        extractor_free(extractor);
        return false;
    }
    extractor->version = brief ? NULL : version_of(extractor);
    *ret = extractor;
    return true;
}

bool extractor_new(const char *rules, struct extractor **ret, GError **error)
{
    return make(rules, false, ret, error);
}

bool extractor_new_brief(struct extractor **ret, GError **error)
{
    return make(NULL, true, ret, error);
}

void extractor_free(struct extractor *extractor)
{
    if (!extractor)
        return;
    rules_free(extractor->rules);
    user_names_free(extractor->names);
    lexicon_free(extractor->lexicon);
    cue_table_free(extractor->periods);
    cue_table_free(extractor->links);
    cue_table_free(extractor->attributions);
    g_free(extractor->version);
    g_free(extractor);
}

unsigned extractor_lint(const struct extractor *extractor, GString *report)
{
    return user_names_lint(extractor->names, report);
}

const char *extractor_version(const struct extractor *extractor)
{
    return extractor->version;
}

struct mentions *extractor_run(const struct extractor *extractor, const struct document *doc, GPtrArray *troubles)
{
    return extractor_trace(extractor, doc, troubles, NULL);
}

struct mentions *extractor_trace(const struct extractor *extractor, const struct document *doc, GPtrArray *troubles, GArray *trace)
{
    const char *stage = timing_enter("tokens");
    struct extraction x = {.extractor = extractor, .doc = doc, .mentions = mentions_new(), .trace = trace, .troubles = troubles};
    x.tokens = tokens_new_starts(doc, &x.starts);
    x.words = token_words(x.tokens);
    for (size_t i = 0; i < G_N_ELEMENTS(passes); i++) {
        timing_enter(passes[i].name);
        passes[i].run(&x);
    }
    timing_enter(stage);
    name_scan_free(x.names);
    g_array_unref(x.tokens);
    g_array_unref(x.words);
    g_free(x.starts);
    if (x.numbers)
        g_array_unref(x.numbers);
    return x.mentions;
}
