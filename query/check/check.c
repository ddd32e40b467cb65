/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check/parts.h"

#include "query/agree/reason.h"

enum { POOL_PASSAGES = 250 };

static const char *const names[VERDICTS] = {"supported", "rounded", "qualifier", "context", "differs", "not_found", "not_read"};

const char *verdict_name(enum verdict verdict)
{
    g_assert(verdict < VERDICTS);
    return names[verdict];
}

bool verdict_from(const char *name, enum verdict *ret)
{
    for (int i = 0; i < VERDICTS; i++)
        if (g_str_equal(names[i], name)) {
            *ret = (enum verdict)i;
            return true;
        }
    return false;
}

void finding_free(struct finding *finding)
{
    if (!finding)
        return;
    g_free(finding->text);
    g_free(finding->sentence);
    g_free(finding->why);
    answer_free(finding->answer);
    g_free(finding);
}

static bool take_answer(struct pool *pool, const struct weighed *weighed, struct finding *finding, GError **error)
{
    struct figure_row *figure = NULL;
    if (!agreement_figure_again(pool, weighed->agreement, &figure, error))
        return false;
    return !figure || answer_of_figure(pool_library(pool), figure, &finding->answer, error);
}

struct finding *finding_new(const struct document *draft, struct span span, uint32_t sentence)
{
    struct finding *finding = g_new0(struct finding, 1);
    finding->span = span;
    finding->text = slice_dup(document_slice(draft, span));
    finding->sentence = sentence == NONE ? NULL : slice_dup(document_slice(draft, DOCUMENT_AT(draft->sentences, struct sentence, sentence).span));
    finding->page = document_page(draft, span.start);
    return finding;
}

static char *why(const struct weighed *by, const struct agreement *rather, const struct subject *claim, const struct quantity *quantity)
{
    g_autofree char *other = other_thing(by->agreement, claim);
    if (!other && tells_of_before(by->agreement, claim))
        other = g_strdup_printf("the source compares a newer number with it, it is of %s", agreement_figure(by->agreement)->period);
    struct grounds grounds = {by->agreement, by->value, by->flow, sure_place(by->agreement, claim), sure_period(by->agreement, claim), other, other ? NULL : rather}; /* one reason is enough */
    return reason_text(&grounds, claim, quantity);
}

/* Claims of a draft, one after another. */
struct claims {
    struct pool *pool;
    const struct document *draft;
    const struct mentions *mentions;
    const struct figure_place *main; /* or NULL */
};

/* "; “4,200 people” says so [a1c94e.11.3#2], but was rejected by Bo", or NULL; the caller frees it. */
static char *rejection(const struct evidence *evidence, const struct subject *claim, const struct quantity *quantity, const struct answer *before)
{
    const struct agreement *agreement = rejected_statement(evidence, claim, quantity, before);
    if (!agreement)
        return NULL;
    const struct figure_row *figure = agreement_figure(agreement);
    const char *who = agreement->rejected->verdict->who;
    return g_strdup_printf("; “%s” says so [%s], but was rejected%s%s", figure->text, figure->id, who && *who ? " by " : "", who && *who ? who : "");
}

/* Does the evidence say the claim's value for the claim's thing? */
static bool says_verdict(enum verdict verdict)
{
    return verdict == VERDICT_SUPPORTED || verdict == VERDICT_ROUNDED || verdict == VERDICT_QUALIFIER;
}

/* Decides on the claim, and fills in the verdict, why, and the passage. before: what decided on the claim before, or NULL; company: GArray of struct companion.
 * Errors: STORE. */
static bool judge(struct pool *pool, const struct subject *claim, const struct quantity *quantity, const struct answer *before, const GArray *company, struct finding *finding, GError **error)
{
    g_autoptr(GPtrArray) candidates = NULL;
    g_autoptr(GArray) agreements = NULL, restated = NULL;
    if (!pool_find(pool, claim, POOL_PASSAGES, &candidates, error) || !agreements_new(pool, candidates, claim, false, &agreements, error))
        return false;
    struct evidence evidence = weigh(agreements, claim, quantity, before);
    const struct weighed *by = NULL;
    const struct agreement *rather = NULL;
    struct weighed odd, cited;
    finding->verdict = decide(&evidence, claim, quantity, before, &by, &rather);
    bool says = says_verdict(finding->verdict);
    if ((says || finding->verdict == VERDICT_NOT_FOUND) && odd_one_out(agreements, claim, quantity, company, &odd) && (!says || strays(by, &odd, quantity, company))) {
        finding->verdict = VERDICT_DIFFERS;
        by = &odd;
    } else if (says && ((rather = nearer_share(by, agreements, company)) || (rather = better_neighbour(by, agreements, claim, quantity, company)))) {
        finding->verdict = VERDICT_CONTEXT;
    }
    g_autofree char *rejected = finding->verdict == VERDICT_SUPPORTED || finding->verdict == VERDICT_ROUNDED ? NULL : rejection(&evidence, claim, quantity, before);
    if (!by) {
        finding->why = g_strconcat("nothing in the evidence is near it", rejected, NULL);
        return true;
    }
    cited = *by;
    if (finding->verdict != VERDICT_NOT_FOUND && !cited_statement(pool, by, candidates, agreements, claim, quantity, &restated, &cited, error))
        return false;
    g_autofree char *reason = why(&cited, rather, claim, quantity);
    finding->why = g_strconcat(reason, rejected, NULL);
    return take_answer(pool, &cited, finding, error);
}

static bool check_figure(const struct claims *claims, const struct mention *mention, const struct answer *before, const GArray *company, struct finding **ret, GError **error)
{
    struct subject *claim = subject_of_claim(claims->draft, claims->mentions, mention, claims->main);
    struct finding *finding = finding_new(claims->draft, mention->span, mention->sentence);
    finding->claim = mention->figure.quantity;
    finding->claim.unit = NULL;
    struct store *store = library_store(pool_library(claims->pool));
    bool held = store_hold(store, error); /* what is found and what is quoted are of one moment */
    bool ok = held && judge(claims->pool, claim, &mention->figure.quantity, before, company, finding, error);
    if (held)
        store_release(store);
    subject_free(claim);
    if (ok)
        *ret = finding;
    else
        finding_free(finding);
    return ok;
}

/* The other claims of the sentence that the evidence says: GArray of struct companion. */
static GArray *company_of(const GPtrArray *findings, const GPtrArray *checked, guint at)
{
    GArray *company = g_array_new(FALSE, FALSE, sizeof(struct companion));
    const struct mention *own = g_ptr_array_index(checked, at);
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(findings, i);
        const struct mention *mention = g_ptr_array_index(checked, i);
        bool said = says_verdict(finding->verdict);
        struct companion companion = {mention->figure.quantity, finding->answer};
        if (i != at && said && finding->answer && own->sentence != NONE && mention->sentence == own->sentence)
            g_array_append_val(company, companion);
    }
    return company;
}

/* Checks once more what was not found beside claims that were. Errors: STORE. */
static bool check_company(const struct claims *claims, GPtrArray *findings, const GPtrArray *checked, GError **error)
{
    for (guint i = 0; i < findings->len; i++) {
        struct finding *finding = g_ptr_array_index(findings, i), *again = NULL;
        if (finding->verdict != VERDICT_NOT_FOUND)
            continue;
        g_autoptr(GArray) company = company_of(findings, checked, i);
        if (company->len == 0)
            continue;
        if (!check_figure(claims, g_ptr_array_index(checked, i), g_array_index(company, struct companion, 0).answer, company, &again, error))
            return false;
        if (again->verdict == VERDICT_DIFFERS) {
            g_ptr_array_index(findings, i) = again;
            again = finding;
        }
        finding_free(again);
    }
    return true;
}

/* "Three lessons": a heading counts what the text under it tells of. People, sums and shares are figures there, too. */
static bool counts_the_text(const struct document *draft, const struct mention *mention)
{
    enum { FEW = 12 };
    const struct quantity *quantity = &mention->figure.quantity;
    bool heading = mention->passage != NONE && DOCUMENT_AT(draft->passages, struct passage, mention->passage).zone == ZONE_HEADING;
    bool word = !g_ascii_isdigit(document_slice(draft, mention->figure.number).ptr[0]);
    return heading && word && quantity->kind == KIND_COUNT && !quantity->unit && quantity->high <= FEW;
}

/* Every figure of the draft. checked: struct mention * of each finding. Errors: STORE. */
static bool check_figures(const struct claims *claims, GPtrArray *findings, GPtrArray *checked, GError **error)
{
    const GArray *figures = mentions_of(claims->mentions, MENTION_FIGURE);
    const struct answer *before = NULL;
    for (guint i = 0; i < figures->len; i++) {
        struct mention *mention = &g_array_index(figures, struct mention, i);
        struct finding *finding = NULL;
        if (mention->figure.minor || counts_the_text(claims->draft, mention))
            continue;
        g_ptr_array_add(checked, mention);
        g_autoptr(GArray) company = company_of(findings, checked, findings->len);
        if (!check_figure(claims, mention, before, company, &finding, error))
            return false;
        g_ptr_array_add(findings, finding);
        if (finding->verdict != VERDICT_NOT_FOUND)
            before = finding->answer;
    }
    return check_company(claims, findings, checked, error);
}

static int by_place(const void *a, const void *b)
{
    const struct finding *const *x = a, *const *y = b;
    return (*x)->span.start < (*y)->span.start ? -1 : (*x)->span.start > (*y)->span.start;
}

bool check_draft(struct pool *pool, const struct extractor *extractor, const struct document *draft, GPtrArray **ret, GError **error)
{
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free), troubles = g_ptr_array_new_with_free_func(g_free), checked = g_ptr_array_new();
    g_autoptr(GArray) trace = g_array_new(FALSE, FALSE, sizeof(struct rule_event));
    struct mentions *mentions = extractor_trace(extractor, draft, troubles, trace);
    struct figure_place main;
    bool has_main = main_place(draft, mentions, &main);
    struct claims claims = {pool, draft, mentions, has_main ? &main : NULL};
    bool ok = check_figures(&claims, findings, checked, error);
    if (ok)
        add_unread(draft, mentions, trace, findings);
    mentions_free(mentions);
    if (!ok)
        return false;
    g_ptr_array_sort(findings, by_place);
    *ret = g_steal_pointer(&findings);
    return true;
}
