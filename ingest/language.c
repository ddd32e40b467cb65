/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/language.h"

#include "ingest/word_line.h"

#include <textcat.h>

enum {
    SAMPLE_BYTES = 32 * 1024,  /* looked at, in three pieces */
    SAMPLE_PIECES = 3,
    CLASSIFIED_BYTES = 4096,   /* given to libexttextcat, whose cost grows faster than the text */
    CLASSIFIED_LEAST = 200,    /* below, its guesses are noise */
    WORD_BYTES = 8,            /* no word below has more */
    SLOTS = 2048,              /* of their table: a multiple of what it holds */
    FEW_WORDS = 60,            /* with fewer, accents count beside them */
};

/* Words that carry sentences; one that two languages share counts for both. */
static const struct {
    const char code[3];
    const char *words;
} languages[] = {
    {"en", "the of and to in that is was for with were are from this which have has had been by at their they not more than who will its an or but be as on"},
    {"es", "el la los las de del que y en un una por para con su sus se al más fue han como este esta entre sobre pero también son según años o no ha desde hasta muy ya le lo cuando donde"},
    {"fr", "le la les de des du et en un une dans que qui pour par sur au aux avec est sont ont été plus ce cette ces se sa son leur leurs ou ne pas à d l"},
    {"pt", "o a os as de do da dos das que e em um uma para com não no na nos nas por mais foi são ao aos pelo pela também ou se sua seu à"},
    {"it", "il la i gli le di del della dei delle che e in un una per con non è sono nel nella da al più come anche si su o ha"},
    {"de", "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei"},
    {"nl", "de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij door naar uit werd"},
    {"ca", "el la els les de del que i en un una per amb no és dels són al més com també han aquest aquesta entre ha"},
    {"ht", "nan yo ki pou ak te gen sou nou li pa ou la moun ap peyi tout fè a e men kap sa"},
};

enum { LANGUAGES = G_N_ELEMENTS(languages), WITH_RULES = 3 };

/* A table with open addressing: words, their bytes in a number from the lowest on (0 = free), and bits of the languages that have them. */
static uint64_t words_known[SLOTS];
static uint16_t word_languages[SLOTS];

static void *classifier;       /* libexttextcat's, or NULL: not installed */

/* Where a word is, or would come. */
static size_t find_word(uint64_t bytes)
{
    size_t slot = (size_t)(bytes * 0x9E3779B97F4A7C15u >> 32) % SLOTS;
    while ((words_known[slot] != 0) & (words_known[slot] != bytes)) /* one branch, for no one foresees which of both holds */
        slot = (slot + 1) % SLOTS;
    return slot;
}

static void *load_words(void *data)
{
    (void)data;
    for (guint i = 0; i < LANGUAGES; i++) {
        g_auto(GStrv) words = g_strsplit(languages[i].words, " ", -1);
        for (char **text = words; *text; text++) {
            uint64_t bytes = 0;
            g_assert(strlen(*text) <= WORD_BYTES);
            for (size_t k = 0; (*text)[k]; k++)
                bytes |= (uint64_t)(unsigned char)(*text)[k] << 8 * k;
            size_t slot = find_word(bytes);
            words_known[slot] = bytes;
            word_languages[slot] |= (uint16_t)(1u << i);
        }
    }
    return NULL;
}

static void *load_classifier(void *data)
{
    (void)data;
    classifier = special_textcat_Init(CITABLE_TEXTCAT_DIR "/fpdb.conf", CITABLE_TEXTCAT_DIR "/");
    return NULL;
}

static GOnce words_once = G_ONCE_INIT, classifier_once = G_ONCE_INIT;

/* How often each carrying word of the table was met. */
struct met {
    unsigned times[SLOTS];
    struct word_line line; /* for its own use from piece to piece */
};

/* A word with letters that are no ASCII, from byte `at` on, its first bytes in *word; returns its end, `at` where none begins. */
static size_t read_word(struct slice text, size_t at, uint64_t *word, size_t *len)
{
    *word = 0;
    *len = 0; /* more than WORD_BYTES where it has more */
    while (at < text.len) {
        gunichar c = (unsigned char)text.ptr[at] < 0x80 ? (unsigned char)text.ptr[at] : g_utf8_get_char(text.ptr + at);
        char letter[6];
        if (c < 0x80 ? !g_ascii_isalpha((char)c) : !g_unichar_isalpha(c))
            break;
        int bytes = g_unichar_to_utf8(c < 0x80 ? c | 0x20 : g_unichar_tolower(c), letter);
        for (int i = 0; i < bytes; i++, ++*len)
            *word |= *len < WORD_BYTES ? (uint64_t)(unsigned char)letter[i] << 8 * *len : 0;
        at = (size_t)(g_utf8_next_char(text.ptr + at) - text.ptr);
    }
    return at;
}

/* Counts the carrying words of a piece; returns the number of words. */
static unsigned count_words(struct slice text, struct met *met)
{
    const struct word_line *line = &met->line;
    unsigned all = 0;
    word_line_set(&met->line, text);
    for (size_t at = bits_next(line->more, 0, text.len, true), stop; at < text.len; at = bits_next(line->more, stop, text.len, true)) {
        uint64_t word = 0;
        size_t len = 0;
        stop = bits_next(line->letters, at, text.len, false);
        if (stop < text.len && (unsigned char)text.ptr[stop] >= 0x80) {
            stop = read_word(text, at, &word, &len);
            if (stop == at)
                stop = (size_t)(g_utf8_next_char(text.ptr + at) - text.ptr);
        } else {
            len = stop - at;
            memcpy(&word, line->small + at, sizeof word);
            word = GUINT64_FROM_LE(word) & (len < WORD_BYTES ? ~(UINT64_MAX << 8 * len) : UINT64_MAX);
        }
        all += len > 0;
        if (len > 0 && len <= WORD_BYTES)
            met->times[find_word(word)]++;
    }
    return all;
}

/* What was met, for every language that has the word. */
static void count_languages(const struct met *met, unsigned counts[LANGUAGES])
{
    for (size_t slot = 0; slot < SLOTS; slot++)
        for (guint i = 0; met->times[slot] > 0 && i < LANGUAGES; i++)
            counts[i] += word_languages[slot] >> i & 1 ? met->times[slot] : 0;
}

/* Letters that tell Spanish, French and Portuguese apart where there are few words. */
static const struct {
    const char *letters;
    unsigned es, fr, pt;
} accents[] = {{"ñ¿¡", 2, 0, 0}, {"áíóú", 1, 0, 1}, {"èêàùûîôœë", 0, 1, 0}, {"ç", 0, 1, 1}, {"ãõ", 0, 0, 2}};

static void count_accents(struct slice text, unsigned counts[LANGUAGES])
{
    enum { ES = 1, FR = 2, PT = 3 }; /* rows of `languages` */
    for (const char *ptr = text.ptr, *end = text.ptr + text.len; ptr < end; ptr = g_utf8_next_char(ptr)) {
        gunichar c = (unsigned char)*ptr < 0x80 ? 0 : g_unichar_tolower(g_utf8_get_char(ptr));
        const char *next = g_utf8_next_char(ptr);
        for (size_t i = 0; c && i < G_N_ELEMENTS(accents); i++)
            if (g_utf8_strchr(accents[i].letters, -1, c)) {
                counts[ES] += accents[i].es;
                counts[FR] += accents[i].fr;
                counts[PT] += accents[i].pt;
            }
        if (c == 0xE9) /* "chassé", "vallée" */
            counts[FR] += next == end || *next == ' ' || *next == 'e' || *next == 's';
    }
}

/* `bytes` of text from about `at` on, cut at character boundaries. */
static struct slice piece(struct slice text, size_t at, size_t bytes)
{
    size_t end = MIN(text.len, at + bytes);
    while (at > 0 && at < end && (text.ptr[at] & 0xC0) == 0x80)
        at++;
    while (end < text.len && end > at && (text.ptr[end] & 0xC0) == 0x80)
        end--;
    return slice_sub(text, at, end);
}

/* The language whose words carry at least a seventh of the text, before every other; NULL: none. A tie goes to the one that has rules. */
static const char *by_words(struct slice text)
{
    unsigned counts[LANGUAGES] = {0}, all = 0;
    struct met met = {.line = {NULL, NULL, NULL, 0, 0}};
    for (size_t i = 0; i < SAMPLE_PIECES && (i == 0 || text.len > SAMPLE_BYTES); i++) {
        size_t bytes = text.len > SAMPLE_BYTES ? SAMPLE_BYTES / SAMPLE_PIECES : text.len;
        all += count_words(piece(text, (text.len - bytes) / (SAMPLE_PIECES - 1) * i, bytes), &met);
    }
    count_languages(&met, counts);
    word_line_clear(&met.line);
    bool few = all < FEW_WORDS;
    if (few)
        count_accents(text, counts);
    guint best = 0, second = 0;
    for (guint i = 1; i < LANGUAGES; i++)
        if (counts[i] > counts[best])
            best = i;
    for (guint i = 0; i < LANGUAGES; i++)
        if (i != best)
            second = MAX(second, counts[i]);
    bool clear = counts[best] >= 3 ? best < WITH_RULES || counts[best] * 5 >= second * 6 : counts[best] == 2 && (second == 0 || (few && best < WITH_RULES && second == 1));
    bool many = counts[best] * 7 >= all || (best < WITH_RULES && counts[best] >= 8 && counts[best] * 2 >= second * 3); /* or a text of tables and names */
    return clear && many ? languages[best].code : NULL;
}

/* What libexttextcat says: "[fr--utf8]" → "fr"; NULL where it cannot tell or names a code of three letters. */
static const char *by_letters(struct slice text)
{
    if (text.len < CLASSIFIED_LEAST)
        return NULL;
    g_once(&classifier_once, load_classifier, NULL); /* 11 ms */
    if (!classifier)
        return NULL;
    static GMutex mutex; /* the classifier keeps its answer inside itself */
    g_mutex_lock(&mutex);
    struct slice part = piece(text, text.len / 2 - MIN(text.len / 2, CLASSIFIED_BYTES / 2), CLASSIFIED_BYTES);
    const char *answer = textcat_Classify(classifier, part.ptr, part.len), *code = NULL;
    if (answer && answer[0] == '[' && g_ascii_islower(answer[1]) && g_ascii_islower(answer[2]) && answer[3] == '-') {
        char name[3] = {answer[1], answer[2], 0};
        code = g_intern_string(name);
    }
    g_mutex_unlock(&mutex);
    return code;
}

const char *language_of_text(struct slice text)
{
    g_once(&words_once, load_words, NULL);
    const char *code = by_words(text);
    return code ? code : by_letters(text);
}
