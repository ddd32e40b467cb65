/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/described.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define HEAD "From: =?UTF-8?Q?Ana_P=C3=A9rez?= <ana@example.org>\r\nTo: desk@example.org\r\nSubject: =?ISO-8859-1?Q?Cifras_de_Petac=F3n?=\r\nDate: Mon, 4 May 2015 10:00:00 -0600\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
#define MIXED HEAD "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n"
#define PART(head, body) "--b\r\n" head "\r\n\r\n" body "\r\n"
#define END "--b--\r\n"
#define PAGE_TEXT "The river rose for three days and 300 families on its lower bank left their houses for the school on the hill."

static const struct {
    const char *name, *mail, *expected; /* documents parted by a line of dashes */
} cases[] = {
    {"plain text in quoted-printable", HEAD "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nPetac=F3n counted 8,=\r\n512 people.\r\n", "body Petacón counted 8,512 people.\n"},
    {"HTML in base64", HEAD "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+T25lIGluIGZpdmUuPC9wPg==\r\n", "body One in five.\n"},
    {"two versions of one text", HEAD "Content-Type: multipart/alternative; boundary=b\r\n\r\n" PART("Content-Type: text/plain", "It counted 12 people there.") PART("Content-Type: text/html", "<p>It counted <b>12</b> people there.</p>") END, "body It counted 12 people there.\n"},
    {"a plain version that says nothing", HEAD "Content-Type: multipart/alternative; boundary=b\r\n\r\n" PART("Content-Type: text/plain", "See HTML.") PART("Content-Type: text/html", "<p>It counted 12 people there in May of the year.</p>") END, "body It counted 12 people there in May of the year.\n"},
    {"an attached file is a document", MIXED PART("Content-Type: text/plain", "See the file.") PART("Content-Type: text/html; name=a.html\r\nContent-Disposition: attachment; filename=\"../a.html\"", "<html><body><p>Some 40 boats.</p></body></html>") PART("Content-Type: image/png; name=x.png\r\nContent-Disposition: attachment; filename=x.png", "png") END,
     "body See the file.\n--\nbody Some 40 boats.\n"},
    {"a page saved as one file", "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://weir.example/flood\r\nSubject: Flood\r\nDate: Tue, 5 May 2015 10:00:00 -0600\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n"
                                 PART("Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://weir.example/flood", "<html><head><link rel=3D'stylesheet' href=3D'https://weir.example/a.css'><link rel=3D'stylesheet' media=3D'print' href=3D'cid:p@b'></head><body><nav><a href=3D'/a'>Home and more of it</a></nav><p>" PAGE_TEXT " Some 851<span class=3D'u'>1</span> <span class=3D'no'>mild</span> cases.</p></body></html>") PART("Content-Type: text/css\r\nContent-Location: https://weir.example/a.css", ".u{vertical-align:super}") PART("Content-Type: text/css\r\nContent-ID: <p@b>", ".no{display:none}") END,
     "body " PAGE_TEXT " Some 851{1} mild cases.\n"},
    {"text between attachments goes on", MIXED PART("Content-Type: text/plain", "The first part has 40 boats.") PART("Content-Type: image/png; name=x.png", "png") PART("Content-Type: text/plain", "Of 5 &\r\nmore.\r\n\r\nThe end.") PART("Content-Type: text/html", "<p>And 60.</p>") END,
     "body The first part has 40 boats.\nbody Of 5 & more.\nbody The end.\nbody And 60.\n"},
    {"a mailbox", "From ana@example.org Mon May  4 10:00:00 2015\n" "From: A <a@example.org>\nSubject: One\nDate: Mon, 4 May 2015 10:00:00 -0600\n\nIt has 40 boats.\n\nFrom here: on, 50.\n\nFrom bo@example.org Mon May  4 11:00:00 2015\nFrom: B <b@example.org>\nSubject: Two\nDate: Mon, 4 May 2015 11:00:00 -0600\n\nIt has 60.\n",
     "body It has 40 boats.\nbody From here: on, 50.\n--\nbody It has 60.\n"},
    {"lines broken on the way", HEAD "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nThe town counted 12 boats in the north and \r\n10,250 households in the south.\r\n\r\n> Some 40 \r\n> oars.\r\n", "body The town counted 12 boats in the north and 10,250 households in the south.\nbody > Some 40 oars.\n"},
    {"a line of a quotation's mark alone ends its paragraph", HEAD "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n> Some 40 \r\n> oars.\r\n> \r\n> Boats: 12\r\n", "body > Some 40 oars. >\nbody > Boats: 12\n"},
    {"a number broken on the way", HEAD "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\r\n\r\nThe town counted 12 \r\n,345 boats in the north.\r\n", "body The town counted 12,345 boats in the north.\n"},
};

static GPtrArray *read_mail_text(const char *mail, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(mail, strlen(mail));
    return read_bytes("a.eml", bytes, error);
}

static void reads(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) documents = read_mail_text(cases[(size_t)*state].mail, &error);
    assert_null(error);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < documents->len; i++) {
        g_autofree char *one = described(g_ptr_array_index(documents, i));
        g_string_append_printf(all, "%s%s", i > 0 ? "--\n" : "", one);
    }
    assert_string_equal(all->str, cases[(size_t)*state].expected);
}

static void the_head_is_metadata(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) documents = read_mail_text(cases[0].mail, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    assert_string_equal(doc->metadata.title, "Cifras de Petacón");
    assert_string_equal(doc->metadata.authors, "Pérez, Ana");
    assert_string_equal(doc->metadata.date, "2015-05-04");
    assert_string_equal(doc->reader, "mail");
    assert_int_equal(document_source(doc, 0), NONE);
}

static void a_page_names_its_address(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) documents = read_mail_text(cases[5].mail, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    assert_string_equal(doc->metadata.url, "https://weir.example/flood");
    assert_string_equal(doc->reader, "mhtml");
    assert_null(doc->metadata.date);
}

static void an_attachment_is_a_member(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) documents = read_mail_text(cases[4].mail, NULL);
    assert_string_equal(((struct document *)g_ptr_array_index(documents, 1))->member, "a.html");
}

static void an_encrypted_mail_says_so(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(read_mail_text(HEAD "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n" PART("Content-Type: application/pgp-encrypted", "Version: 1") PART("Content-Type: application/octet-stream", "x") END, &error));
    assert_int_equal(error->code, CITABLE_ERROR_ENCRYPTED);
}

static void a_memo_is_text(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) documents = read_mail_text("Note: some 40 boats came.\nThey left again.\n", NULL);
    assert_string_equal(((struct document *)g_ptr_array_index(documents, 0))->reader, "text");
}

int main(void)
{
    struct CMUnitTest more[] = {cmocka_unit_test(the_head_is_metadata), cmocka_unit_test(a_page_names_its_address), cmocka_unit_test(an_attachment_is_a_member), cmocka_unit_test(an_encrypted_mail_says_so), cmocka_unit_test(a_memo_is_text)};
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + G_N_ELEMENTS(more)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, reads, NULL, NULL, (void *)i};
    memcpy(tests + G_N_ELEMENTS(cases), more, sizeof more);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
