/**
 * Endings that make "name.ending" a link wherever it stands: those that nobody starts a sentence with after a missed
 * space ("so good.love it").
 */
const always = new Set(
  (
    "com net org info biz edu gov mil int arpa aero coop app dev xyz icu cyou online site website web shop store club " +
    "click link blog tech cloud digital ltd inc vip casino poker porn xxx webcam boutique hosting marketing software " +
    "email ooo ninja guru wiki wtf pub tube " +
    "ac ad ae af ag ai al ao aq ar au aw ax az ba bb bd bf bg bh bi bj bn bo br bs bt bv bw bz ca cd cf cg ch ci ck cl " +
    "cm cn co cr cu cv cw cx cy cz de dj dk dm dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm " +
    "gn gp gq gr gs gt gu gw gy hk hn hr ht hu il io iq ir je jm jo jp ke kg kh ki km kn kp kr kw ky kz lb lc li lk lr " +
    "ls lt lu lv ly mc mg mh mk mm mn mp mq mr mt mu mv mw mx mz na nc ne nf ng ni nl np nr nu nz pa pe pf pg ph pk " +
    "pn pr pt pw qa ro ru rw sa sb sc sd se sg si sj sk sl sm sn sr ss su sv sx sy sz tc td tf tg th tj tk tl tm tn tr " +
    "tt tv tw tz ua ug uk uy uz va vc ve vg vn vu wf ws yt za zm zw " +
    "рф бел укр срб мкд қаз 中国 中國 公司 网络 网址 香港 台湾 台灣 한국 닷컴 닷넷 コム みんな भारत ไทย ελ ευ"
  ).split(" "),
);

/**
 * Endings that are also common words or the ends of file names ("just do.it", "readme.md"): a link only with a scheme,
 * `www.`, a port or a path.
 */
const withMore = new Set(
  (
    "am as at be by cc do gp hm id ie im in is it la ma md me ml mo ms my no pl pm ps py re rs sh so st to us vi zip mov " +
    "art audio auto band bar beauty best bet bid bike cafe cam camp cards care cash cat center chat cheap church city " +
    "coach codes coffee community company computer contact cool courses credit dance date dating deals delivery design " +
    "direct discount dog download earth education energy events exchange expert express faith family fan fans farm " +
    "fashion film finance fit fitness foundation fun fund fyi gallery game games gay gift gifts global gold golf " +
    "graphics green group guide hair health help homes host house ink institute jobs land law legal life live loan " +
    "loans lol love market media men mobi mom money monster museum name network news one page partners party pet phone " +
    "photo photos pics pictures pink pizza place plus press pro productions promo quest racing recipes red rent repair " +
    "report rest restaurant review reviews rip rocks run sale school science sex sexy shoes shopping show singles skin " +
    "social solutions space stream studio style support surf systems tattoo tax team technology tel tips today tools " +
    "top tours town toys trade trading training travel university vegas video vision vote watch wedding win work works " +
    "world yoga zone"
  ).split(" "),
);

export type Ending = "always" | "with more" | "none";

/** How surely the last label of a name makes the name a host. */
export function endingOf(label: string): Ending {
  if (withMore.has(label)) return "with more";
  if (always.has(label) || (label.startsWith("xn--") && label.length > 4)) return "always";
  return "none";
}
