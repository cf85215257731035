#pragma once

#include <string_view>

/// Extracts of the Unicode Character Database (UnicodeData.txt) for normalization.cpp: Latin, Greek and Cyrillic.
namespace egarage::tmpl {

/// Letters that a mark joins: bases[i] and the mark are composed[i] (UnicodeData.txt, field 5).
struct Pairs {
  char32_t mark;
  std::u32string_view bases, composed;
};
inline constexpr Pairs pairs[] = {
    {0x0300, U"AEIOUaeiouÜüNnЕИеиĒēŌōWwÂâĂăÊêÔôƠơƯưYyἀἁἈἉἐἑ", U"ÀÈÌÒÙàèìòùǛǜǸǹЀЍѐѝḔḕṐṑẀẁẦầẰằỀềỒồỜờỪừỲỳἂἃἊἋἒἓ"},
    {0x0300, U"ἘἙἠἡἨἩἰἱἸἹὀὁὈὉὐὑὙὠὡὨὩαεηιουωΑΕΗ᾿ϊΙ῾ϋΥ¨ΟΩ", U"ἚἛἢἣἪἫἲἳἺἻὂὃὊὋὒὓὛὢὣὪὫὰὲὴὶὸὺὼᾺῈῊ῍ῒῚ῝ῢῪ῭ῸῺ"},
    {0x0301, U"AEIOUYaeiouyCcLlNnRrSsZzÜüGgÅåÆæØø¨ΑΕΗΙΟΥΩϊα", U"ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǗǘǴǵǺǻǼǽǾǿ΅ΆΈΉΊΌΎΏΐά"},
    {0x0301, U"εηιϋουωϒГКгкÇçĒēÏïKkMmÕõŌōPpŨũWwÂâĂăÊêÔôƠơƯư", U"έήίΰόύώϓЃЌѓќḈḉḖḗḮḯḰḱḾḿṌṍṒṓṔṕṸṹẂẃẤấẮắẾếỐốỚớỨứ"},
    {0x0301, U"ἀἁἈἉἐἑἘἙἠἡἨἩἰἱἸἹὀὁὈὉὐὑὙὠὡὨὩ᾿῾", U"ἄἅἌἍἔἕἜἝἤἥἬἭἴἵἼἽὄὅὌὍὔὕὝὤὥὬὭ῎῞"},
    {0x0302, U"AEIOUaeiouCcGgHhJjSsWwYyZzẠạẸẹỌọ", U"ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẐẑẬậỆệỘộ"},
    {0x0303, U"ANOanoIiUuVvÂâĂăEeÊêÔôƠơƯưYy", U"ÃÑÕãñõĨĩŨũṼṽẪẫẴẵẼẽỄễỖỗỠỡỮữỸỹ"},
    {0x0304, U"AaEeIiOoUuÜüÄäȦȧÆæǪǫÖöÕõȮȯYyИиУуGgḶḷṚṛαΑιΙυΥ", U"ĀāĒēĪīŌōŪūǕǖǞǟǠǡǢǣǬǭȪȫȬȭȰȱȲȳӢӣӮӯḠḡḸḹṜṝᾱᾹῑῙῡῩ"},
    {0x0306, U"AaEeGgIiOoUuУИиуЖжАаЕеȨȩẠạαΑιΙυΥ", U"ĂăĔĕĞğĬĭŎŏŬŭЎЙйўӁӂӐӑӖӗḜḝẶặᾰᾸῐῘῠῨ"},
    {0x0307, U"CcEeGgIZzAaOoBbDdFfHhMmNnPpRrSsŚśŠšṢṣTtWwXxY", U"ĊċĖėĠġİŻżȦȧȮȯḂḃḊḋḞḟḢḣṀṁṄṅṖṗṘṙṠṡṤṥṦṧṨṩṪṫẆẇẊẋẎ"},
    {0x0307, U"yſ", U"ẏẛ"},
    {0x0308, U"AEIOUaeiouyYΙΥιυϒЕІеіАаӘәЖжЗзИиОоӨөЭэУуЧчЫыH", U"ÄËÏÖÜäëïöüÿŸΪΫϊϋϔЁЇёїӒӓӚӛӜӝӞӟӤӥӦӧӪӫӬӭӰӱӴӵӸӹḦ"},
    {0x0308, U"hÕõŪūWwXxt", U"ḧṎṏṺṻẄẅẌẍẗ"},
    {0x0309, U"AaÂâĂăEeÊêIiOoÔôƠơUuƯưYy", U"ẢảẨẩẲẳẺẻỂểỈỉỎỏỔổỞởỦủỬửỶỷ"},
    {0x030A, U"AaUuwy", U"ÅåŮůẘẙ"},
    {0x030B, U"OoUuУу", U"ŐőŰűӲӳ"},
    {0x030C, U"CcDdEeLlNnRrSsTtZzAaIiOoUuÜüGgKkƷʒjHh", U"ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚǦǧǨǩǮǯǰȞȟ"},
    {0x030F, U"AaEeIiOoRrUuѴѵ", U"ȀȁȄȅȈȉȌȍȐȑȔȕѶѷ"},
    {0x0311, U"AaEeIiOoRrUu", U"ȂȃȆȇȊȋȎȏȒȓȖȗ"},
    {0x0313, U"αΑεΕηΗιΙοΟυωΩρ", U"ἀἈἐἘἠἨἰἸὀὈὐὠὨῤ"},
    {0x0314, U"αΑεΕηΗιΙοΟυΥωΩρΡ", U"ἁἉἑἙἡἩἱἹὁὉὑὙὡὩῥῬ"},
    {0x031B, U"OoUu", U"ƠơƯư"},
    {0x0323, U"BbDdHhKkLlMmNnRrSsTtVvWwZzAaEeIiOoƠơUuƯưYy", U"ḄḅḌḍḤḥḲḳḶḷṂṃṆṇṚṛṢṣṬṭṾṿẈẉẒẓẠạẸẹỊịỌọỢợỤụỰựỴỵ"},
    {0x0324, U"Uu", U"Ṳṳ"},
    {0x0325, U"Aa", U"Ḁḁ"},
    {0x0326, U"SsTt", U"ȘșȚț"},
    {0x0327, U"CcGgKkLlNnRrSsTtEeDdHh", U"ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩḐḑḨḩ"},
    {0x0328, U"AaEeIiUuOo", U"ĄąĘęĮįŲųǪǫ"},
    {0x032D, U"DdEeLlNnTtUu", U"ḒḓḘḙḼḽṊṋṰṱṶṷ"},
    {0x032E, U"Hh", U"Ḫḫ"},
    {0x0330, U"EeIiUu", U"ḚḛḬḭṴṵ"},
    {0x0331, U"BbDdKkLlNnRrTtZzh", U"ḆḇḎḏḴḵḺḻṈṉṞṟṮṯẔẕẖ"},
    {0x0342, U"ἀἁἈἉἠἡἨἩἰἱἸἹὐὑὙὠὡὨὩα¨η᾿ιϊ῾υϋω", U"ἆἇἎἏἦἧἮἯἶἷἾἿὖὗὟὦὧὮὯᾶ῁ῆ῏ῖῗ῟ῦῧῶ"},
    {0x0345, U"ἀἁἂἃἄἅἆἇἈἉἊἋἌἍἎἏἠἡἢἣἤἥἦἧἨἩἪἫἬἭἮἯὠὡὢὣὤὥὦὧὨὩὪὫ", U"ᾀᾁᾂᾃᾄᾅᾆᾇᾈᾉᾊᾋᾌᾍᾎᾏᾐᾑᾒᾓᾔᾕᾖᾗᾘᾙᾚᾛᾜᾝᾞᾟᾠᾡᾢᾣᾤᾥᾦᾧᾨᾩᾪᾫ"},
    {0x0345, U"ὬὭὮὯὰαάᾶΑὴηήῆΗὼωώῶΩ", U"ᾬᾭᾮᾯᾲᾳᾴᾷᾼῂῃῄῇῌῲῳῴῷῼ"},
};

/// Signs that are another spelling of one code point.
inline constexpr std::u32string_view respelled =
    U"\u0340\u0341\u0343\u0374\u037E\u0387\u1F71\u1F73\u1F75\u1F77\u1F79\u1F7B\u1F7D\u1FBB\u1FBE\u1FC9\u1FCB\u1FD3"
    U"\u1FDB\u1FE3\u1FEB\u1FEE\u1FEF\u1FF9\u1FFB\u1FFD\u2000\u2001\u2126\u212A\u212B\u2329\u232A";
inline constexpr std::u32string_view preferred =
    U"\u0300\u0301\u0313\u02B9\u003B\u00B7\u03AC\u03AD\u03AE\u03AF\u03CC\u03CD\u03CE\u0386\u03B9\u0388\u0389\u0390"
    U"\u038A\u03B0\u038E\u0385\u0060\u038C\u038F\u00B4\u2002\u2003\u03A9\u004B\u00C5\u3008\u3009";
static_assert(respelled.size() == preferred.size());

/// From this code point on marks have this combining class, up to the next row.
struct CombiningClass {
  char32_t first;
  int value;
};
inline constexpr CombiningClass combining_classes[] = {
    {0x0300, 230}, {0x0315, 232}, {0x0316, 220}, {0x031A, 232}, {0x031B, 216}, {0x031C, 220}, {0x0321, 202},
    {0x0323, 220}, {0x0327, 202}, {0x0329, 220}, {0x0334, 1},   {0x0339, 220}, {0x033D, 230}, {0x0345, 240},
    {0x0346, 230}, {0x0347, 220}, {0x034A, 230}, {0x034D, 220}, {0x034F, 0},   {0x0350, 230}, {0x0353, 220},
    {0x0357, 230}, {0x0358, 232}, {0x0359, 220}, {0x035B, 230}, {0x035C, 233}, {0x035D, 234}, {0x035F, 233},
    {0x0360, 234}, {0x0362, 233}, {0x0363, 230}, {0x0370, 0},
};

/// ASCII parts of the compatibility decompositions from `first` on, `width` characters each.
struct AsciiRun {
  char32_t first;
  std::size_t width;
  std::string_view ascii;
};

// Short rows, several in a line.
// clang-format off
inline constexpr AsciiRun ascii_runs[] = {
    {0x00A0, 1, " "}, {0x00A8, 1, " "}, {0x00AA, 1, "a"}, {0x00AF, 1, " "}, {0x00B2, 1, "23 "}, {0x00B8, 1, " 1o"},
    {0x00BC, 2, "141234"}, {0x0132, 2, "IJij"}, {0x013F, 1, "Ll"}, {0x0149, 1, "n"}, {0x017F, 1, "s"},
    {0x01C4, 2, "DZDzdzLJLjljNJNjnj"}, {0x01F1, 2, "DZDzdz"}, {0x02B0, 1, "h"}, {0x02B2, 1, "jr"}, {0x02B7, 1, "wy"},
    {0x02D8, 1, "      "}, {0x02E1, 1, "lsx"}, {0x037A, 1, " "}, {0x0384, 1, " "}, {0x1D2C, 1, "A"}, {0x1D2E, 1, "B"},
    {0x1D30, 1, "DE"}, {0x1D33, 1, "GHIJKLMN"}, {0x1D3C, 1, "O"}, {0x1D3E, 1, "PRTUWa"}, {0x1D47, 1, "bde"},
    {0x1D4D, 1, "g"}, {0x1D4F, 1, "km"}, {0x1D52, 1, "o"}, {0x1D56, 1, "ptu"}, {0x1D5B, 1, "v"}, {0x1D62, 1, "iruv"},
    {0x1D9C, 1, "c"}, {0x1DA0, 1, "f"}, {0x1DBB, 1, "z"}, {0x1E9A, 1, "a"}, {0x1FBD, 1, " "}, {0x1FBF, 1, "  "},
    {0x1FFE, 1, " "}, {0x2002, 1, "         "}, {0x2017, 1, " "}, {0x2024, 1, "."}, {0x2025, 2, ".."},
    {0x2026, 3, "..."}, {0x202F, 1, " "}, {0x203C, 2, "!!"}, {0x203E, 1, " "}, {0x2047, 2, "?\?\?!!?"},
    {0x205F, 1, " "}, {0x2070, 1, "0i"}, {0x2074, 1, "456789+"}, {0x207C, 1, "=()n0123456789+"}, {0x208C, 1, "=()"},
    {0x2090, 1, "aeox"}, {0x2095, 1, "hklmnpst"}, {0x20A8, 2, "Rs"}, {0x2100, 3, "a/ca/s"}, {0x2102, 1, "CC"},
    {0x2105, 3, "c/oc/u"}, {0x2109, 1, "FgHHHh"}, {0x2110, 1, "IILl"}, {0x2115, 1, "N"}, {0x2116, 2, "No"},
    {0x2119, 1, "PQRRR"}, {0x2120, 2, "SM"}, {0x2121, 3, "TEL"}, {0x2122, 2, "TM"}, {0x2124, 1, "Z"},
    {0x2128, 1, "Z"}, {0x212C, 1, "BC"}, {0x212F, 1, "eEF"}, {0x2133, 1, "Mo"}, {0x2139, 1, "i"}, {0x213B, 3, "FAX"},
    {0x2145, 1, "Ddeij"}, {0x2150, 2, "1719"}, {0x2152, 3, "110"}, {0x2153, 2, "132315253545165618385878"},
    {0x215F, 1, "1I"}, {0x2161, 2, "II"}, {0x2162, 3, "III"}, {0x2163, 2, "IV"}, {0x2164, 1, "V"}, {0x2165, 2, "VI"},
    {0x2166, 3, "VII"}, {0x2167, 4, "VIII"}, {0x2168, 2, "IX"}, {0x2169, 1, "X"}, {0x216A, 2, "XI"},
    {0x216B, 3, "XII"}, {0x216C, 1, "LCDMi"}, {0x2171, 2, "ii"}, {0x2172, 3, "iii"}, {0x2173, 2, "iv"},
    {0x2174, 1, "v"}, {0x2175, 2, "vi"}, {0x2176, 3, "vii"}, {0x2177, 4, "viii"}, {0x2178, 2, "ix"}, {0x2179, 1, "x"},
    {0x217A, 2, "xi"}, {0x217B, 3, "xii"}, {0x217C, 1, "lcdm"}, {0x2189, 2, "03"}, {0x2460, 1, "123456789"},
    {0x2469, 2, "1011121314151617181920"}, {0x2474, 3, "(1)(2)(3)(4)(5)(6)(7)(8)(9)"},
    {0x247D, 4, "(10)(11)(12)(13)(14)(15)(16)(17)(18)(19)(20)"}, {0x2488, 2, "1.2.3.4.5.6.7.8.9."},
    {0x2491, 3, "10.11.12.13.14.15.16.17.18.19.20."
                "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)(m)(n)(o)(p)(q)(r)(s)(t)(u)(v)(w)(x)(y)(z)"},
    {0x24B6, 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0"}, {0x2A74, 3, "::="}, {0x2A75, 2, "=="},
    {0x2A76, 3, "==="}, {0x2C7C, 1, "jV"}, {0x3000, 1, " "}, {0xFB00, 2, "fffifl"}, {0xFB03, 3, "ffiffl"},
    {0xFB05, 2, "stst"}, {0xFE10, 1, ","}, {0xFE13, 1, ":;!?"}, {0xFE19, 3, "..."}, {0xFE30, 2, ".."},
    {0xFE33, 1, "__(){}"}, {0xFE47, 1, "[]    ___,"}, {0xFE52, 1, "."}, {0xFE54, 1, ";:?!"}, {0xFE59, 1, "(){}"},
    {0xFE5F, 1, "#&*+-<>="}, {0xFE68, 1, "\\$%@"},
    {0xFF01, 1, "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"},
    {0xFFE3, 1, " "},
};
// clang-format on

}  // namespace egarage::tmpl
