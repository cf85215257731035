#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

TEST_CASE("urlize follows Django") {
  check_rows(
      R"~({"a": "Vea http://ejemplo.cl/pagina?x=1&y=2 (o www.ejemplo.cl).", "b": "https://example.com/a_(b)", "c": "(https://example.com/a_(b)).", "d": "ana@example.com, soporte@ñuñoa.example", "e": "example.com example.org/x example.cl foo.net. sub.example.edu", "f": "<http://example.com> \"www.example.com\" 'http://x.example'", "g": "http://ñuñoa.example/año?q=ñ&z=a+b#ñ", "h": "HTTP://EXAMPLE.COM/Ruta", "i": "http://example.com/a%20b%C3%B1%zz", "j": "sin enlaces: a.b @ c:d e@f g@h.", "k": "http://example.com/?a&b=&&c", "l": "[http://example.com] ((www.example.com))", "m": "a@b@c.example mailto:ana@example.com @a.b a@.b", "n": 5, "no": null, "o": "http://example.com.,:;!", "p": "http://[::1]/x http://[x", "q": "http://example.com/&lt;b&gt; &amp;", "r": "ftp://example.com http:// https://x www.", "s": "http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "t": "linea\nhttp://a.example\n\nwww.b.example", "u": "http://straße.example a@b..example http://a..example/ñ", "v": "httpexample.com http.com"})~",
      html(),
      {
          {"{{ a|urlize }}|",
           R"~(Vea <a href="http://ejemplo.cl/pagina?x=1&amp;y=2" rel="nofollow">http://ejemplo.cl/pagina?x=1&amp;y=2</a> (o <a href="http://www.ejemplo.cl" rel="nofollow">www.ejemplo.cl</a>).|)~"},
          {"{{ b|urlize }}|", R"~(<a href="https://example.com/a_(b)" rel="nofollow">https://example.com/a_(b)</a>|)~"},
          {"{{ c|urlize }}|",
           R"~((<a href="https://example.com/a_(b)" rel="nofollow">https://example.com/a_(b)</a>).|)~"},
          {"{{ d|urlize }}|",
           R"~(<a href="mailto:ana@example.com">ana@example.com</a>, <a href="mailto:soporte@xn--uoa-6mab.example">soporte@ñuñoa.example</a>|)~"},
          {"{{ e|urlize }}|",
           R"~(<a href="http://example.com" rel="nofollow">example.com</a> <a href="http://example.org/x" rel="nofollow">example.org/x</a> example.cl <a href="http://foo.net" rel="nofollow">foo.net</a>. <a href="http://sub.example.edu" rel="nofollow">sub.example.edu</a>|)~"},
          {"{{ f|urlize }}|",
           R"~(&lt;<a href="http://example.com" rel="nofollow">http://example.com</a>&gt; &quot;<a href="http://www.example.com" rel="nofollow">www.example.com</a>&quot; &#x27;<a href="http://x.example" rel="nofollow">http://x.example</a>&#x27;|)~"},
          {"{{ g|urlize }}|",
           R"~(<a href="http://xn--uoa-6mab.example/a%C3%B1o?q=%C3%B1&amp;z=a+b#%C3%B1" rel="nofollow">http://ñuñoa.example/año?q=ñ&amp;z=a+b#ñ</a>|)~"},
          {"{{ h|urlize }}|", R"~(<a href="http://EXAMPLE.COM/Ruta" rel="nofollow">HTTP://EXAMPLE.COM/Ruta</a>|)~"},
          {"{{ i|urlize }}|",
           R"~(<a href="http://example.com/a%20b%C3%B1%25zz" rel="nofollow">http://example.com/a%20b%C3%B1%zz</a>|)~"},
          {"{{ j|urlize }}|", "sin enlaces: a.b @ c:d e@f g@h.|"},
          {"{{ k|urlize }}|",
           R"~(<a href="http://example.com/?a=&amp;b=&amp;c=" rel="nofollow">http://example.com/?a&amp;b=&amp;&amp;c</a>|)~"},
          {"{{ l|urlize }}|",
           R"~([<a href="http://example.com" rel="nofollow">http://example.com</a>] ((<a href="http://www.example.com" rel="nofollow">www.example.com</a>))|)~"},
          {"{{ m|urlize }}|", "a@b@c.example mailto:ana@example.com @a.b a@.b|"},
          {"{{ n|urlize }}|", "5|"},
          {"{{ no|urlize }}|", "None|"},
          {"{{ o|urlize }}|", R"~(<a href="http://example.com" rel="nofollow">http://example.com</a>.,:;!|)~"},
          {"{{ p|urlize }}|", R"~(http://[::1]/x <a href="http://[x" rel="nofollow">http://[x</a>|)~"},
          {"{{ q|urlize }}|",
           R"~(<a href="http://example.com/%3Cb%3E" rel="nofollow">http://example.com/&amp;lt;b&amp;gt;</a> &amp;amp;|)~"},
          {"{{ r|urlize }}|",
           R"~(<a href="http://ftp://example.com" rel="nofollow">ftp://example.com</a> http:// <a href="https://x" rel="nofollow">https://x</a> www.|)~"},
          {"{{ s|urlize }}|",
           R"~(<a href="http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" rel="nofollow">http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</a>|)~"},
          {"{{ t|urlize }}|",
           "linea\n<a href=\"http://a.example\" rel=\"nofollow\">http://a.example</a>\n\n<a "
           "href=\"http://www.b.example\" rel=\"nofollow\">www.b.example</a>|"},
          {"{{ u|urlize }}|",
           R"~(<a href="http://strasse.example" rel="nofollow">http://straße.example</a> a@b..example <a href="http://a..example/%C3%B1" rel="nofollow">http://a..example/ñ</a>|)~"},
          {"{{ v|urlize }}|", "httpexample.com http.com|"},
          {"{{ s|urlizetrunc:10 }}|",
           R"~(<a href="http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" rel="nofollow">http://x.…</a>|)~"},
          {R"~({{ s|urlizetrunc:"20" }}|)~",
           R"~(<a href="http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" rel="nofollow">http://x.example/aa…</a>|)~"},
          {"{{ s|urlizetrunc:0 }}|",
           R"~(<a href="http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" rel="nofollow">…</a>|)~"},
          {"{{ s|urlizetrunc:-2 }}|",
           R"~(<a href="http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" rel="nofollow">…</a>|)~"},
          {"{{ s|urlizetrunc:1 }}|",
           R"~(<a href="http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" rel="nofollow">…</a>|)~"},
          {"{{ s|urlizetrunc:47 }}|",
           R"~(<a href="http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" rel="nofollow">http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</a>|)~"},
          {"{{ s|urlizetrunc:48 }}|",
           R"~(<a href="http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" rel="nofollow">http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</a>|)~"},
          {R"~({{ s|urlizetrunc:"x" }}|)~", std::nullopt},
          {"{{ s|urlizetrunc:no }}|", std::nullopt},
          {"{{ d|urlizetrunc:6 }}|",
           R"~(<a href="mailto:ana@example.com">ana@e…</a>, <a href="mailto:soporte@xn--uoa-6mab.example">sopor…</a>|)~"},
          {"{{ a|safe|urlize }}|",
           R"~(Vea <a href="http://ejemplo.cl/pagina?x=1&amp;y=2" rel="nofollow">http://ejemplo.cl/pagina?x=1&y=2</a> (o <a href="http://www.ejemplo.cl" rel="nofollow">www.ejemplo.cl</a>).|)~"},
          {"{{ q|safe|urlize }}|",
           R"~(<a href="http://example.com/%3Cb%3E" rel="nofollow">http://example.com/&lt;b&gt;</a> &amp;|)~"},
      });
}

TEST_CASE("urlize follows Django, without escaping") {
  check_rows(
      R"~({"a": "Vea http://ejemplo.cl/pagina?x=1&y=2 (o www.ejemplo.cl).", "b": "https://example.com/a_(b)", "c": "(https://example.com/a_(b)).", "d": "ana@example.com, soporte@ñuñoa.example", "e": "example.com example.org/x example.cl foo.net. sub.example.edu", "f": "<http://example.com> \"www.example.com\" 'http://x.example'", "g": "http://ñuñoa.example/año?q=ñ&z=a+b#ñ", "h": "HTTP://EXAMPLE.COM/Ruta", "i": "http://example.com/a%20b%C3%B1%zz", "j": "sin enlaces: a.b @ c:d e@f g@h.", "k": "http://example.com/?a&b=&&c", "l": "[http://example.com] ((www.example.com))", "m": "a@b@c.example mailto:ana@example.com @a.b a@.b", "n": 5, "no": null, "o": "http://example.com.,:;!", "p": "http://[::1]/x http://[x", "q": "http://example.com/&lt;b&gt; &amp;", "r": "ftp://example.com http:// https://x www.", "s": "http://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "t": "linea\nhttp://a.example\n\nwww.b.example", "u": "http://straße.example a@b..example http://a..example/ñ", "v": "httpexample.com http.com"})~",
      plain(),
      {
          {"{{ a|urlize }}|",
           R"~(Vea <a href="http://ejemplo.cl/pagina?x=1&amp;y=2" rel="nofollow">http://ejemplo.cl/pagina?x=1&y=2</a> (o <a href="http://www.ejemplo.cl" rel="nofollow">www.ejemplo.cl</a>).|)~"},
          {"{{ d|urlize }}|",
           R"~(<a href="mailto:ana@example.com">ana@example.com</a>, <a href="mailto:soporte@xn--uoa-6mab.example">soporte@ñuñoa.example</a>|)~"},
          {"{{ f|urlize }}|",
           R"~(<<a href="http://example.com" rel="nofollow">http://example.com</a>> "<a href="http://www.example.com" rel="nofollow">www.example.com</a>" '<a href="http://x.example" rel="nofollow">http://x.example</a>'|)~"},
          {"{{ g|urlize }}|",
           R"~(<a href="http://xn--uoa-6mab.example/a%C3%B1o?q=%C3%B1&amp;z=a+b#%C3%B1" rel="nofollow">http://ñuñoa.example/año?q=ñ&z=a+b#ñ</a>|)~"},
          {"{{ j|urlize }}|", "sin enlaces: a.b @ c:d e@f g@h.|"},
          {"{{ q|urlize }}|",
           R"~(<a href="http://example.com/%3Cb%3E" rel="nofollow">http://example.com/&lt;b&gt;</a> &amp;|)~"},
          {"{{ u|urlize }}|",
           R"~(<a href="http://strasse.example" rel="nofollow">http://straße.example</a> a@b..example <a href="http://a..example/%C3%B1" rel="nofollow">http://a..example/ñ</a>|)~"},
      });
}
