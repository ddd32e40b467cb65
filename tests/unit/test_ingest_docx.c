/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/described.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define RUN(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define RAISED(text) "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>" text "</w:t></w:r>"
#define STYLED(style, text) "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr>" RUN(text) "</w:p>"
#define NUMBERED(number, level, text) "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" number "\"/></w:numPr></w:pPr>" RUN(text) "</w:p>"
#define LEVEL(level, more, format, text) "<w:lvl w:ilvl=\"" level "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format "\"/>" more "<w:lvlText w:val=\"" text "\"/></w:lvl>"
#define LIST(id, levels) "<w:abstractNum w:abstractNumId=\"" id "\">" levels "</w:abstractNum>"
#define NUMBER(id, list, more) "<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"" list "\"/>" more "</w:num>"
#define STARTS(number) "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"" number "\"/></w:lvlOverride>"
#define LABELS(name, text) LIST(name, LEVEL("0", "", "decimal", text)) NUMBER(name, name, "")
#define CELL(text) "<w:tc>" P(text) "</w:tc>"
#define CALL(kind, id) "<w:r><w:" kind "Reference w:id=\"" id "\"/></w:r>"

static const char relations[] = "<Relationships><Relationship Type=\"" OFFICE "styles\" Target=\"styles.xml\"/><Relationship Type=\"" OFFICE "numbering\" Target=\"numbering.xml\"/><Relationship Type=\"" OFFICE "footnotes\" Target=\"/word/footnotes.xml\"/>"
                                "<Relationship Type=\"" OFFICE "endnotes\" Target=\"endnotes.xml\"/><Relationship Type=\"" OFFICE "comments\" Target=\"comments.xml\"/></Relationships>";
static const char styles[] = "<w:styles " W "><w:style w:styleId=\"H1\"><w:name w:val=\"heading 1\"/></w:style><w:style w:styleId=\"Mine\"><w:name w:val=\"House head\"/><w:basedOn w:val=\"H1\"/></w:style>"
                             "<w:style w:styleId=\"Deep\"><w:name w:val=\"Deep\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style><w:style w:styleId=\"Ring\"><w:name w:val=\"a\"/><w:basedOn w:val=\"Ring\"/></w:style>"
                             "<w:style w:styleId=\"Ref\"><w:name w:val=\"footnote reference\"/><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style><w:style w:styleId=\"Cap\"><w:name w:val=\"Caption\"/></w:style><w:style w:styleId=\"T1\"><w:name w:val=\"toc 1\"/></w:style>"
                             "<w:style w:styleId=\"Bullets\"><w:name w:val=\"List Bullet\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
                             "<w:style w:styleId=\"N1\"><w:name w:val=\"N1\"/><w:pPr><w:numPr><w:numId w:val=\"12\"/></w:numPr></w:pPr></w:style><w:style w:styleId=\"N2\"><w:name w:val=\"N2\"/><w:basedOn w:val=\"N1\"/></w:style>"
                             "<w:style w:styleId=\"Linked\"><w:name w:val=\"Linked\"/><w:pPr><w:numPr><w:numId w:val=\"12\"/></w:numPr></w:pPr></w:style><w:style w:styleId=\"Circle\"><w:name w:val=\"Circle\"/><w:pPr><w:numPr><w:numId w:val=\"15\"/></w:numPr></w:pPr></w:style>"
                             "<w:style w:styleId=\"Struck\"><w:name w:val=\"Struck\"/><w:rPr><w:strike/></w:rPr></w:style><w:style w:styleId=\"Hidden\"><w:name w:val=\"Hidden\"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
static const char numbering[] = "<w:numbering " W ">"
    LIST("1", LEVEL("0", "", "decimal", "%1.") LEVEL("1", "", "lowerLetter", "(%2)") LEVEL("2", "", "lowerRoman", "%3)") LEVEL("3", "<w:lvlRestart w:val=\"0\"/>", "decimal", "%1.%4."))
    LIST("2", LEVEL("0", "<w:pStyle w:val=\"N1\"/>", "upperRoman", "%1.") LEVEL("1", "<w:pStyle w:val=\"N2\"/><w:isLgl/>", "decimal", "%1.%2.") LEVEL("9", "", "decimal", "%9."))
    LIST("3", LEVEL("0", "", "bullet", "-") LEVEL("1", "", "decimal", "%2") LEVEL("2", "", "chineseCounting", "%3.") LEVEL("3", "<w:rPr><w:vanish/></w:rPr>", "decimal", "%4.") LEVEL("4", "", "upperLetter", "%5."))
    LIST("4", "<w:numStyleLink w:val=\"Linked\"/>") LIST("5", "<w:numStyleLink w:val=\"Circle\"/>")
    NUMBER("10", "1", "") NUMBER("11", "1", "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride>") NUMBER("12", "2", "") NUMBER("13", "3", "") NUMBER("14", "4", "") NUMBER("15", "5", "")
    NUMBER("17", "1", STARTS("99999999999")) NUMBER("18", "1", STARTS("199")) LABELS("ordinal", "%1º") LABELS("dash", "%1 –") LABELS("comma", "%1,") LABELS("percent", "%1%") LABELS("money", "$%1.") LABELS("degree", "%1°")
    LABELS("typed", "2.%1") LABELS("word", "Step %1.") LABELS("month", "May.") LABELS("glued", "%1m)") LABELS("open", "(%1.)") LABELS("stops", "2..%1.") LABELS("bracket", "(%1)") LABELS("both", "2.%1)")
    NUMBER("16", "1", "<w:lvlOverride w:ilvl=\"1\">" LEVEL("1", "", "upperLetter", "%2)") "</w:lvlOverride>")
    "</w:numbering>";
static const char footnotes[] = "<w:footnotes " W "><w:footnote w:type=\"separator\" w:id=\"0\">" P("rule") "</w:footnote><w:footnote w:id=\"7\"><w:p><w:r><w:footnoteRef/></w:r>" RUN(" Survey of 2014.") "</w:p>" P("Second part.") "</w:footnote>"
                                "<w:footnote w:id=\"8\">" P("Another.") "</w:footnote></w:footnotes>";
static const char endnotes[] = "<w:endnotes " W "><w:endnote w:id=\"3\">" P("At the end.") "</w:endnote></w:endnotes>";
static const char comments[] = "<w:comments " W "><w:comment w:id=\"0\" w:author=\"Editor\">" P("Is this right?") "</w:comment></w:comments>";

static const struct {
    const char *name, *body, *expected;
} cases[] = {
    {"runs of a word are one word", "<w:p>" RUN("dis") RUN("placed ") RUN("people") "</w:p>", "body displaced people\n"},
    {"heading by style name", STYLED("H1", "Needs"), "heading1 Needs\n"},
    {"heading by the style under it", STYLED("Mine", "Needs"), "heading1 Needs\n"},
    {"heading by outline level", STYLED("Deep", "Needs"), "heading3 Needs\n"},
    {"a style that is based on itself", STYLED("Ring", "Text"), "body Text\n"},
    {"list by style, by numbers", STYLED("Bullets", "One") "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"4\"/></w:numPr></w:pPr>" RUN("Two") "</w:p>", "list1 One\nlist2 Two\n"},
    {"table of contents is left out", STYLED("T1", "Needs 12") P("Text"), "body Text\n"},
    {"inserted stays, deleted goes", "<w:p><w:ins>" RUN("12 ") "</w:ins><w:del><w:r><w:delText>15 </w:delText></w:r></w:del>" RUN("people") "</w:p>", "body 12 people\n"},
    {"a formula's exponent and fraction", "<w:p><m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup><m:r><m:t>+</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>", "body 10⁶+1/2\n"},
    {"moved text stands where it went", "<w:p><w:moveFrom>" RUN("old") "</w:moveFrom></w:p><w:p><w:moveTo>" RUN("new") "</w:moveTo></w:p>", "body new\n"},
    {"a deleted paragraph mark joins", "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" RUN("One ") "</w:p>" P("two"), "body One two\n"},
    {"footnote after its paragraph", "<w:p>" RUN("851") CALL("footnote", "7") RUN(" cases") "</w:p>" P("Next"), "body 851{1=Survey of 2014. Second part.} cases\nnote Survey of 2014. Second part.\nbody Next\n"},
    {"notes are counted as they are called", "<w:p>" RUN("A") CALL("footnote", "8") RUN(" b") CALL("footnote", "7") "</w:p>",
     "body A{1=Another.} b{2=Survey of 2014. Second part.}\nnote Another.\nnote Survey of 2014. Second part.\n"},
    {"endnote in roman at the end", "<w:p>" RUN("A") CALL("endnote", "3") "</w:p>" P("Last"), "body A{i=At the end.}\nbody Last\nnote At the end.\n"},
    {"own sign for a note", "<w:p>" RUN("A") "<w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"8\"/><w:t>*</w:t></w:r>" RUN(" b") "</w:p>", "body A{*=Another.} b\nnote Another.\n"},
    {"typed mark finds its typed note", "<w:p>" RUN("8,512") RAISED("1") RAISED("2") RUN(" people") "</w:p><w:p>" RAISED("12") RUN(" A count.") "</w:p>", "body 8,512{12=A count.} people\nnote A count.\n"},
    {"powers are not marks", "<w:p>" RUN("40 km") RAISED("2") RUN(", the 21") RAISED("st") "</w:p>", "body 40 km², the 21st\n"},
    {"hyphens and spaces", "<w:p><w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known dis</w:t><w:softHyphen/><w:t>pla\u00adced 10\u00a0000</w:t></w:r></w:p>", "body well-known displaced 10\u00a0""000\n"},
    {"tab parts numbers", "<w:p><w:r><w:t>122</w:t><w:tab/><w:t>528</w:t></w:r></w:p>", "body 122|528\n"},
    {"signs of the symbol font", "<w:p><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t> 5</w:t></w:r></w:p>", "body ≥ 5\n"},
    {"field shows its result", "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE 3</w:instrText><w:t>no</w:t></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" RUN("yes") "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" RUN(" 4") "</w:p>",
     "body yes 4\n"},
    {"hyperlink and content control", "<w:p><w:hyperlink>" RUN("here") "</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>" RUN(" and there") "</w:sdtContent></w:sdt></w:p>", "body here and there\n"},
    {"text box once, after its paragraph", "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" P("Boxed") "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" P("Boxed") "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>" RUN("Around") "</w:p>",
     "body Around\nbox Boxed\n"},
    {"table with heads", "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>" CELL("Country") CELL("2014") "</w:tr><w:tr>" CELL("Peru") CELL("12,300") "</w:tr></w:tbl>", "table Country|2014\ntable Peru|12,300\ncell: Peru | 2014 | 12,300\n"},
    {"cell over two rows", "<w:tbl><w:tr>" CELL("Group") CELL("Sex") CELL("Count") "</w:tr><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>" P("Adults") "</w:tc>" CELL("Women") CELL("40") "</w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>" CELL("Men") CELL("30") "</w:tr></w:tbl>",
     "table Group|Sex|Count\ntable Adults|Women|40\ntable |Men|30\ncell: Women | Count | 40\ncell: Men | Count | 30\n"},
    {"deleted row goes", "<w:tbl><w:tr>" CELL("A") CELL("B") "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" CELL("x") CELL("1") "</w:tr><w:tr>" CELL("y") CELL("2") "</w:tr></w:tbl>", "table A|B\ntable y|2\ncell: y | B | 2\n"},
    {"a frame is no table", "<w:tbl><w:tr><w:tc>" P("One.") P("Two.") "</w:tc></w:tr></w:tbl>", "box One.\nbox Two.\n"},
    {"caption", STYLED("Cap", "Table 1: People"), "caption Table 1: People\n"},
    {"hidden text goes", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>" RUN("open") "</w:p>", "body open\n"},
    {"raised by a character style", "<w:p>" RUN("851") "<w:r><w:rPr><w:rStyle w:val=\"Ref\"/></w:rPr><w:t>1</w:t></w:r>" RUN(" cases, 8") "<w:r><w:rPr><w:rStyle w:val=\"Ref\"/><w:vertAlign w:val=\"baseline\"/></w:rPr><w:t>5</w:t></w:r>" "</w:p>", "body 851{1} cases, 85\n"},
    {"struck text was taken back", "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>300</w:t></w:r>" RUN(" 400 boats, ") "<w:r><w:rPr><w:dstrike/></w:rPr><w:t>7,000</w:t></w:r><w:r><w:rPr><w:strike w:val=\"0\"/></w:rPr><w:t>8,000</w:t></w:r></w:p>", "body 400 boats, 8,000\n"},
    {"text of no size goes", "<w:p><w:r><w:rPr><w:sz w:val=\"2\"/></w:rPr><w:t>secret 12 </w:t></w:r>" RUN("open") "</w:p>", "body open\n"},
    {"what asks to be filled in is no text", "<w:p>" RUN("40 boats") "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" RUN("Click here to enter text 1") "</w:sdtContent></w:sdt></w:p>", "body 40 boats\n"},
    {"running text in the symbol font", "<w:p><w:r><w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr><w:t>\uf0b3 5</w:t></w:r></w:p>", "body ≥ 5\n"},
    {"two lines are two numbers", "<w:p><w:r><w:t>503</w:t><w:br/><w:t>505</w:t></w:r></w:p>", "body 503|505\n"},
    {"bounds of a sum", "<w:p><m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:nary><m:sub><m:r><m:t>1</m:t></m:r></m:sub><m:sup><m:r><m:t>9</m:t></m:r></m:sup><m:e><m:r><m:t>55</m:t></m:r></m:e></m:nary></m:oMath></w:p>", "body 1|9|55\n"},
    {"a content control that is filled in", "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr w:val=\"0\"/></w:sdtPr><w:sdtContent>" RUN("4,400 boats") "</w:sdtContent></w:sdt></w:p>", "body 4,400 boats\n"},
    {"a struck hyphen goes with its number", "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:noBreakHyphen/><w:t>5</w:t></w:r>" RUN("7 boats") "</w:p>", "body 7 boats\n"},
    {"paragraph styles strike and hide", STYLED("Struck", "77 oars") STYLED("Hidden", "88 oars") P("99 oars"), "body 99 oars\n"},
    {"raised by its position", "<w:p>" RUN("851") "<w:r><w:rPr><w:position w:val=\"6\"/><w:sz w:val=\"14\"/></w:rPr><w:t>1</w:t></w:r>" RUN(" cases") "</w:p>", "body 851{1} cases\n"},
    {"fractions of raised and lowered digits", "<w:p>" RUN("2") RAISED("1") RUN("/") "<w:r><w:rPr><w:vertAlign w:val=\"subscript\"/></w:rPr><w:t>2</w:t></w:r>" RUN(" feet, 3") RAISED("1⁄") "<w:r><w:rPr><w:vertAlign w:val=\"subscript\"/></w:rPr><w:t>4</w:t></w:r>" RUN(", 851") RAISED("1") RUN("/") RUN("2019") "</w:p>",
     "body 2 1/2 feet, 3 1⁄4, 851{1}/2019\n"},
    {"lowered digits are no digits of a number", "<w:p>" RUN("10") "<w:r><w:rPr><w:vertAlign w:val=\"subscript\"/></w:rPr><w:t>2</w:t></w:r>" RUN("5 in CO") "<w:r><w:rPr><w:vertAlign w:val=\"subscript\"/></w:rPr><w:t>2</w:t></w:r>" RUN(".") "</w:p>", "body 10|2|5 in CO2.\n"},
    {"numbers of paragraphs, level by level", NUMBERED("10", "0", "One") NUMBERED("10", "1", "Two") NUMBERED("10", "1", "Three") NUMBERED("10", "2", "Four") P("Text") NUMBERED("10", "0", "Five") NUMBERED("10", "1", "Six"),
     "list1 1. One\nlist2 (a) Two\nlist2 (b) Three\nlist3 i) Four\nbody Text\nlist1 2. Five\nlist2 (a) Six\n"},
    {"a level that never begins anew", NUMBERED("10", "0", "One") NUMBERED("10", "3", "Two") NUMBERED("10", "0", "Three") NUMBERED("10", "3", "Four"), "list1 1. One\nlist4 1.1. Two\nlist1 2. Three\nlist4 2.2. Four\n"},
    {"a list that begins anew, and its levels elsewhere go on", NUMBERED("10", "0", "One") NUMBERED("11", "0", "Two") NUMBERED("11", "0", "Three") NUMBERED("10", "0", "Four"), "list1 1. One\nlist1 7. Two\nlist1 8. Three\nlist1 9. Four\n"},
    {"a level of its own", NUMBERED("16", "0", "One") NUMBERED("16", "1", "Two"), "list1 1. One\nlist2 A) Two\n"},
    {"numbers by style, all in Arabic digits", STYLED("N1", "One") STYLED("N2", "Two") STYLED("N2", "Three") STYLED("N1", "Four"), "list1 I. One\nlist1 1.1. Two\nlist1 1.2. Three\nlist1 II. Four\n"},
    {"numbers by the style that a list names", NUMBERED("14", "0", "One") NUMBERED("12", "0", "Two"), "list1 I. One\nlist1 II. Two\n"},
    {"lists that name one another in a ring", NUMBERED("15", "0", "One"), "list1 One\n"},
    {"no number below a level that has not begun", NUMBERED("12", "1", "One") NUMBERED("12", "0", "Two") NUMBERED("12", "1", "Three"), "list2 One\nlist1 I. Two\nlist2 1.1. Three\n"},
    {"a hidden paragraph mark hides no number, hidden text does", "<w:p><w:pPr><w:numPr><w:numId w:val=\"10\"/></w:numPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>" RUN("One") "</w:p><w:p><w:pPr><w:numPr><w:numId w:val=\"10\"/></w:numPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>Two</w:t></w:r></w:p>" NUMBERED("10", "0", "Three"),
     "list1 1. One\nlist1 3. Three\n"},
    {"no number beyond what is counted to", NUMBERED("17", "0", "One") NUMBERED("17", "0", "Two"), "list1 One\nlist1 Two\n"},
    {"no number of 200 or more, which may be a year", NUMBERED("18", "0", "One") NUMBERED("18", "0", "Two"), "list1 199. One\nlist1 Two\n"},
    {"bullets, numbers without a stop, hidden ones and those in other scripts are left out, and counted", NUMBERED("13", "0", "One") NUMBERED("13", "1", "boats") NUMBERED("13", "2", "Three") NUMBERED("13", "3", "Four") NUMBERED("13", "4", "Five") NUMBERED("13", "4", "Six"),
     "list1 One\nlist2 boats\nlist3 Three\nlist4 Four\nlist5 A. Five\nlist5 B. Six\n"},
    {"a level or a list that is not there", NUMBERED("10", "8", "One") NUMBERED("10", "99999999999", "Two") NUMBERED("77", "0", "Three"), "list9 One\nlist9 Two\nlist1 Three\n"},
    {"no numbering where the paragraph says so", "<w:p><w:pPr><w:pStyle w:val=\"N1\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>" RUN("One") "</w:p>" STYLED("N1", "Two"), "body One\nlist1 I. Two\n"},
    {"empty paragraphs are counted, deleted ones are not", NUMBERED("10", "0", "") "<w:p><w:pPr><w:numPr><w:numId w:val=\"10\"/></w:numPr></w:pPr></w:p>" "<w:p><w:pPr><w:numPr><w:numId w:val=\"10\"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>" NUMBERED("10", "0", "One"), "list1 3. One\n"},
    {"cells of a table are counted, and keep to what is written in them", "<w:tbl><w:tr>" CELL("No.") CELL("Boats") "</w:tr><w:tr><w:tc>" NUMBERED("10", "0", "Lima") "</w:tc>" CELL("40") "</w:tr></w:tbl>" NUMBERED("10", "0", "One"), "table No.|Boats\ntable Lima|40\nlist1 2. One\ncell: Lima | Boats | 40\n"},
    {"labels that could be read with what follows are left out", NUMBERED("ordinal", "0", "mayo") NUMBERED("dash", "0", "5 millions") NUMBERED("comma", "0", "000 people") NUMBERED("percent", "0", "A") NUMBERED("money", "0", "B") NUMBERED("degree", "0", "C"),
     "list1 mayo\nlist1 5 millions\nlist1 000 people\nlist1 A\nlist1 B\nlist1 C\n"},
    {"and so are decimals, words and units", NUMBERED("typed", "0", "women") NUMBERED("word", "0", "A") NUMBERED("month", "0", "2014") NUMBERED("glued", "0", "B") NUMBERED("open", "0", "C") NUMBERED("stops", "0", "D"),
     "list1 women\nlist1 A\nlist1 2014\nlist1 B\nlist1 C\nlist1 D\n"},
    {"labels in brackets", NUMBERED("bracket", "0", "One") NUMBERED("both", "0", "Two"), "list1 (1) One\nlist1 2.1) Two\n"},
    {"digits behind a number with a stop", NUMBERED("10", "0", "One") NUMBERED("10", "3", "40 boats"), "list1 1. One\nlist4 1.1. 40 boats\n"},
    {"drop capital", "<w:p><w:pPr><w:framePr w:dropCap=\"drop\"/></w:pPr>" RUN("T") "</w:p>" P("he river"), "body The river\n"},
};

static void reads(void **state)
{
    const char *body = cases[(size_t)*state].body, *expected = cases[(size_t)*state].expected;
    g_autofree char *document = g_strconcat("<w:document " W "><w:body>", body, "</w:body></w:document>", NULL);
    struct zip_member members[] = {{"word/document.xml", document}, {"word/_rels/document.xml.rels", relations}, {"word/styles.xml", styles}, {"word/footnotes.xml", footnotes}, {"word/endnotes.xml", endnotes}, {"word/numbering.xml", numbering}};
    g_autoptr(GBytes) bytes = zip_made(members, G_N_ELEMENTS(members));
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) documents = read_bytes("a.docx", bytes, &error);
    assert_null(error);
    assert_int_equal(documents->len, 1);
    const struct document *doc = g_ptr_array_index(documents, 0);
    g_autofree char *got = described(doc);
    assert_string_equal(got, expected);
    assert_string_equal(doc->reader, "docx");
}

static void comments_stand_behind_the_text(void **state)
{
    (void)state;
    struct zip_member members[] = {{"word/document.xml", "<w:document " W "><w:body>" P("Text") "</w:body></w:document>"}, {"word/_rels/document.xml.rels", relations}, {"word/comments.xml", comments}};
    g_autoptr(GBytes) bytes = zip_made(members, G_N_ELEMENTS(members));
    g_autoptr(GPtrArray) documents = read_bytes("a.docx", bytes, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    g_autofree char *got = described(doc);
    assert_string_equal(got, "body Text\nnote Is this right?\n");
    assert_int_equal(doc->marks->len, 0);
}

static void properties_are_metadata(void **state)
{
    (void)state;
    struct zip_member members[] = {
        {"word/document.xml", "<w:document " W "><w:body>" P("Text") "</w:body></w:document>"},
        {"_rels/.rels", "<Relationships><Relationship Type=\"" OFFICE "officeDocument\" Target=\"word/document.xml\"/><Relationship Type=\"http://x/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"},
        {"docProps/core.xml", "<c xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:t=\"http://purl.org/dc/terms/\"><dc:title>On water</dc:title><dc:creator>Ana Pérez; Bo Li</dc:creator><t:created>2019-03-04T05:06:07Z</t:created></c>"},
    };
    g_autoptr(GBytes) bytes = zip_made(members, G_N_ELEMENTS(members));
    g_autoptr(GPtrArray) documents = read_bytes("a.docx", bytes, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    assert_string_equal(doc->metadata.title, "On water");
    assert_string_equal(doc->metadata.authors, "Pérez, Ana; Li, Bo");
    assert_string_equal(doc->metadata.date, "2019-03-04");
}

/* Warnings of a document with a field that asks so to be filled in. */
static guint warnings_of_field(const char *asks)
{
    g_autofree char *text = g_strdup_printf("<w:document " W "><w:body><w:p>" RUN("40 boats") "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>%s</w:t></w:r>"
                                            "</w:sdtContent></w:sdt></w:p></w:body></w:document>", asks);
    struct zip_member members[] = {{"word/document.xml", text}};
    g_autoptr(GBytes) bytes = zip_made(members, G_N_ELEMENTS(members));
    g_autoptr(GPtrArray) documents = read_bytes("a.docx", bytes, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    if (doc->warnings->len > 0)
        assert_string_equal(DOCUMENT_AT(doc->warnings, struct warning, 0).code, "placeholder");
    return doc->warnings->len;
}

static void numbers_that_ask_to_be_filled_in_are_said(void **state)
{
    (void)state;
    assert_int_equal(warnings_of_field("Enter 1 of 3 here"), 1);
    assert_int_equal(warnings_of_field("Click here to enter text"), 0);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 3];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, reads, NULL, NULL, (void *)i};
    tests[G_N_ELEMENTS(cases)] = (struct CMUnitTest)cmocka_unit_test(comments_stand_behind_the_text);
    tests[G_N_ELEMENTS(cases) + 1] = (struct CMUnitTest)cmocka_unit_test(properties_are_metadata);
    tests[G_N_ELEMENTS(cases) + 2] = (struct CMUnitTest)cmocka_unit_test(numbers_that_ask_to_be_filled_in_are_said);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
