#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

TEST_CASE("linebreaks and linenumbers follow Django") {
  check_rows(
      R"~({"a": "uno\ndos\n\ntres", "b": "\n\na\n\n\n\nb\n", "c": "a\r\nb\r\rc", "d": "<b>x</b>\n& y", "e": "", "n": 5, "no": null, "l": ["a"], "m": "1\n2\n3\n4\n5\n6\n7\n8\n9\n10", "w": "a\n  \nb"})~",
      plain(),
      {
          {"{{ a|linebreaks }}|", "<p>uno<br>dos</p>\n\n<p>tres</p>|"},
          {"{{ b|linebreaks }}|", "<p></p>\n\n<p>a</p>\n\n<p>b<br></p>|"},
          {"{{ c|linebreaks }}|", "<p>a<br>b</p>\n\n<p>c</p>|"},
          {"{{ d|linebreaks }}|", "<p><b>x</b><br>& y</p>|"},
          {"{{ e|linebreaks }}|", "<p></p>|"},
          {"{{ n|linebreaks }}|", "<p>5</p>|"},
          {"{{ no|linebreaks }}|", "<p>None</p>|"},
          {"{{ l|linebreaks }}|", "<p>['a']</p>|"},
          {"{{ m|linebreaks }}|", "<p>1<br>2<br>3<br>4<br>5<br>6<br>7<br>8<br>9<br>10</p>|"},
          {"{{ w|linebreaks }}|", "<p>a<br>  <br>b</p>|"},
          {"{{ a|linebreaksbr }}|", "uno<br>dos<br><br>tres|"},
          {"{{ b|linebreaksbr }}|", "<br><br>a<br><br><br><br>b<br>|"},
          {"{{ c|linebreaksbr }}|", "a<br>b<br><br>c|"},
          {"{{ d|linebreaksbr }}|", "<b>x</b><br>& y|"},
          {"{{ e|linebreaksbr }}|", "|"},
          {"{{ n|linebreaksbr }}|", "5|"},
          {"{{ no|linebreaksbr }}|", "None|"},
          {"{{ l|linebreaksbr }}|", "['a']|"},
          {"{{ m|linebreaksbr }}|", "1<br>2<br>3<br>4<br>5<br>6<br>7<br>8<br>9<br>10|"},
          {"{{ w|linebreaksbr }}|", "a<br>  <br>b|"},
          {"{{ a|linenumbers }}|", "1. uno\n2. dos\n3. \n4. tres|"},
          {"{{ b|linenumbers }}|", "1. \n2. \n3. a\n4. \n5. \n6. \n7. b\n8. |"},
          {"{{ c|linenumbers }}|", "1. a\r\n2. b\r\rc|"},
          {"{{ d|linenumbers }}|", "1. <b>x</b>\n2. & y|"},
          {"{{ e|linenumbers }}|", "1. |"},
          {"{{ n|linenumbers }}|", "1. 5|"},
          {"{{ no|linenumbers }}|", "1. None|"},
          {"{{ l|linenumbers }}|", "1. ['a']|"},
          {"{{ m|linenumbers }}|", "01. 1\n02. 2\n03. 3\n04. 4\n05. 5\n06. 6\n07. 7\n08. 8\n09. 9\n10. 10|"},
          {"{{ w|linenumbers }}|", "1. a\n2.   \n3. b|"},
          {"{{ d|safe|linebreaks }}|", "<p><b>x</b><br>& y</p>|"},
          {"{{ d|safe|linebreaksbr }}|", "<b>x</b><br>& y|"},
          {"{{ d|safe|linenumbers }}|", "1. <b>x</b>\n2. & y|"},
      });
}

TEST_CASE("linebreaks and linenumbers escape as Django does") {
  check_rows(
      R"~({"a": "uno\ndos\n\ntres", "b": "\n\na\n\n\n\nb\n", "c": "a\r\nb\r\rc", "d": "<b>x</b>\n& y", "e": "", "n": 5, "no": null, "l": ["a"], "m": "1\n2\n3\n4\n5\n6\n7\n8\n9\n10", "w": "a\n  \nb"})~",
      html(),
      {
          {"{{ a|linebreaks }}|", "<p>uno<br>dos</p>\n\n<p>tres</p>|"},
          {"{{ d|linebreaks }}|", "<p>&lt;b&gt;x&lt;/b&gt;<br>&amp; y</p>|"},
          {"{{ l|linebreaks }}|", "<p>[&#x27;a&#x27;]</p>|"},
          {"{{ a|linebreaksbr }}|", "uno<br>dos<br><br>tres|"},
          {"{{ d|linebreaksbr }}|", "&lt;b&gt;x&lt;/b&gt;<br>&amp; y|"},
          {"{{ l|linebreaksbr }}|", "[&#x27;a&#x27;]|"},
          {"{{ a|linenumbers }}|", "1. uno\n2. dos\n3. \n4. tres|"},
          {"{{ d|linenumbers }}|", "1. &lt;b&gt;x&lt;/b&gt;\n2. &amp; y|"},
          {"{{ l|linenumbers }}|", "1. [&#x27;a&#x27;]|"},
          {"{{ d|safe|linebreaks }}|", "<p><b>x</b><br>& y</p>|"},
          {"{{ d|safe|linebreaksbr }}|", "<b>x</b><br>& y|"},
          {"{{ d|safe|linenumbers }}|", "1. <b>x</b>\n2. & y|"},
          {"{{ d|linebreaks|linebreaks }}|", "<p><p>&lt;b&gt;x&lt;/b&gt;<br>&amp; y</p></p>|"},
          {"{% autoescape off %}{{ d|linebreaks }}{{ d|linenumbers }}{% endautoescape %}",
           "<p><b>x</b><br>& y</p>1. <b>x</b>\n2. & y"},
      });
}

TEST_CASE("striptags follows Django") {
  check_rows(
      R"~({"s0": "<p>Hola <b>mundo</b></p>", "s1": "a < b > c", "s2": "<a href='x>y'>z</a>", "s3": "<a b=c/>d", "s4": "<a b='c>d", "s5": "x<!-- a > b -->y", "s6": "x<!-- abierto", "s7": "<!DOCTYPE html>x", "s8": "<?php a ?>b", "s9": "<![CDATA[x]]>y", "s10": "<![if x]>y<![endif]>", "s11": "<![foo[x>", "s12": "<script>a<b</script>c", "s13": "<script>abierto <b>", "s14": "AT&T <b>", "s15": "&lt;b&gt;<i>", "s16": "&lt<i>", "s17": "&#65<i>", "s18": "&#;<i>", "s19": "&#;<i>&#;<i>", "s20": "<i>&x", "s21": "<i>&xy", "s22": "</>a", "s23": "</ b>a", "s24": "<b/ >a", "s25": "<1>a<2>", "s26": "<<b>script>x", "s27": "<sc<b>ript>alert(1)</script>", "s28": "<ñ>a<b>", "s29": "<b\nc=\"d\ne\">f", "s30": "<b c=\"d' >e</b>", "s31": "<b c==\"d\">e", "s32": "a<", "s33": "a<b", "s34": ">a<b>", "s35": "<style>a>b</style>c"})~",
      plain(),
      {
          {"{{ s0|striptags }}|", "Hola mundo|"},
          {"{{ s1|striptags }}|", "a < b > c|"},
          {"{{ s2|striptags }}|", "z|"},
          {"{{ s3|striptags }}|", "d|"},
          {"{{ s4|striptags }}|", "<a b='c>d|"},
          {"{{ s5|striptags }}|", "xy|"},
          {"{{ s6|striptags }}|", "x<!-- abierto|"},
          {"{{ s7|striptags }}|", "x|"},
          {"{{ s8|striptags }}|", "b|"},
          {"{{ s9|striptags }}|", "y|"},
          {"{{ s10|striptags }}|", "y|"},
          {"{{ s11|striptags }}|", std::nullopt},
          {"{{ s12|striptags }}|", "a<bc|"},
          {"{{ s13|striptags }}|", "|"},
          {"{{ s14|striptags }}|", "AT&T; |"},
          {"{{ s15|striptags }}|", "&lt;b&gt;|"},
          {"{{ s16|striptags }}|", "&lt;|"},
          {"{{ s17|striptags }}|", "&#65;|"},
          {"{{ s18|striptags }}|", "&#;|"},
          {"{{ s19|striptags }}|", "&#;&#;<i>|"},
          {"{{ s20|striptags }}|", "x|"},
          {"{{ s21|striptags }}|", "&xy|"},
          {"{{ s22|striptags }}|", "a|"},
          {"{{ s23|striptags }}|", "a|"},
          {"{{ s24|striptags }}|", "a|"},
          {"{{ s25|striptags }}|", "<1>a<2>|"},
          {"{{ s26|striptags }}|", "|"},
          {"{{ s27|striptags }}|", "ript>alert(1)|"},
          {"{{ s28|striptags }}|", "<ñ>a|"},
          {"{{ s29|striptags }}|", "f|"},
          {"{{ s30|striptags }}|", R"~(<b c="d' >e|)~"},
          {"{{ s31|striptags }}|", "e|"},
          {"{{ s32|striptags }}|", "a<|"},
          {"{{ s33|striptags }}|", "a<b|"},
          {"{{ s34|striptags }}|", ">a|"},
          {"{{ s35|striptags }}|", "a>bc|"},
      });
}
