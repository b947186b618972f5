/* Dates, quantities and identifiers as the record form checks them while somebody types: the rules of
   generator/values/ once more, so that nothing has to be sent anywhere. Text enters; a fault with its
   reason and what was probably meant leaves, or null. A test holds both sides to the same verdicts
   and suggestions. Regular expressions look ahead but never behind: older phones cannot.
   Classic script, no dependencies, touches no page. */
(function () {
  "use strict";

  const LONGEST = 64;

  class Fault extends Error {
    constructor(reason, suggestion) {
      super(reason);
      this.reason = reason;
      this.suggestion = suggestion || "";
    }
  }

  /* Run `read` and turn what it throws into a value. */
  function faultOf(read, text) {
    try {
      read(text);
      return null;
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      return { reason: fault.reason, suggestion: fault.suggestion };
    }
  }

  function accepted(read, text) {
    return faultOf(read, text) === null;
  }

  /* Full-width letters, digits, signs and spaces in their ASCII form. */
  function halfWidth(text) {
    return text
      .replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
      .replace(/\u3000/g, " ");
  }

  function whole(pattern) {
    return new RegExp("^(?:" + pattern + ")$");
  }

  /* Dates: EDTF, as generator/values/dates.py reads it ------------------------------------------- */

  const POINT = "[0-9]{4}(?:-[0-9]{2}(?:-(?:[0-9]{2}|XX))?|-XX(?:-XX)?)?";
  const SINGLE = whole(POINT + "|[0-9]{4}-XX-[0-9]{2}|[0-9]{3}X|[0-9]{2}XX");
  const INTERVAL = whole("(" + POINT + ")/(" + POINT + ")");
  const SET = whole("\\[" + POINT + "(?:(?:\\.\\.|, ?)" + POINT + ")*\\]");
  const OPEN = whole("(?:\\.\\.|unknown|open)?/.+|.+/(?:\\.\\.|unknown|open)?|\\[\\.\\..+|.+\\.\\.\\]");
  const OTHER_EDTF = whole(
    "\\{.*\\}|Y-?[0-9]+.*|[0-9X]{4}-[0-9X]{2}-[0-9X]{2}T.*|[0-9X]{4}(?:-[0-9X]{2}){0,2}"
  );
  const SEASON = /^[0-9]{4}-(?:2[1-9]|3[0-9]|4[01])$/;

  function readDate(text) {
    text = text.trim();
    if (!text) throw new Fault("empty");
    if (text.length > LONGEST) throw new Fault("too_long");
    try {
      return readStrictly(text);
    } catch (fault) {
      if (!(fault instanceof Fault) || fault.suggestion) throw fault;
      throw new Fault(fault.reason, suggestedDate(text));
    }
  }

  /* The first and the last day that an EDTF text can mean, both in ISO form. */
  function readStrictly(text) {
    const plain = withoutQualifiers(text);
    if (SINGLE.test(plain)) return boundsOfPoint(plain);
    const interval = INTERVAL.exec(plain);
    if (interval) return boundsOfRange(interval[1], interval[2]);
    if (SET.test(plain)) {
      const bounds = plain.slice(1, -1).split(",").map((item) => {
        const points = item.trim().split("..");
        if (points.length > 2) throw new Fault("format");
        return boundsOfRange(points[0], points[points.length - 1]);
      });
      return {
        earliest: bounds.map((one) => one.earliest).sort()[0],
        latest: bounds.map((one) => one.latest).sort().pop(),
      };
    }
    throw new Fault(OPEN.test(plain) ? "open_ended" : OTHER_EDTF.test(plain) ? "unsupported" : "format");
  }

  /* Without each `~`, `?` or `%` that stands before or after a number. */
  function withoutQualifiers(text) {
    const digit = (one) => one !== undefined && /[0-9X]/.test(one);
    return Array.from(text).filter((one, at, all) => {
      if (!/[~?%]/.test(one)) return true;
      const before = all[at - 1], after = all[at + 1];
      const leads = !digit(before) && digit(after);
      const follows = digit(before) && (after === undefined || !/[0-9X~?%]/.test(after));
      return !leads && !follows;
    }).join("");
  }

  function boundsOfRange(first, last) {
    const earliest = boundsOfPoint(first).earliest, latest = boundsOfPoint(last).latest;
    if (earliest > latest) throw new Fault("reversed");
    return { earliest, latest };
  }

  function boundsOfPoint(point) {
    const year = Number(point.slice(0, 4).replace(/X/g, "0"));
    if (year < 1000 || year > 2999) throw new Fault("year_range");
    if (point.length === 10 && point.indexOf("X") < 0) {
      if (!isDay(point)) throw new Fault("no_such_day");
      return { earliest: point, latest: point };
    }
    if (SEASON.test(point)) throw new Fault("unsupported");
    const parts = point.split("-");
    const years = [parts[0].replace(/X/g, "0"), parts[0].replace(/X/g, "9")];
    const month = parts[1] === "XX" ? undefined : parts[1];
    const day = parts[2] === "XX" ? undefined : parts[2];
    const first = years[0] + "-" + (month || "01") + "-" + (day || "01");
    const lastMonth = years[1] + "-" + (month || "12");
    const last = lastMonth + "-" + (day || lastDay(lastMonth));
    if (!isDay(first) || !isDay(last)) throw new Fault("no_such_day");
    return { earliest: first, latest: last };
  }

  function isDay(iso) {
    const month = Number(iso.slice(5, 7)), day = Number(iso.slice(8));
    return month >= 1 && month <= 12 && day >= 1 && day <= Number(lastDay(iso.slice(0, 7)));
  }

  function lastDay(month) {
    const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
    return String(days);
  }

  const YEAR = "([0-9]{4})(?:年|[-./])";
  const MONTH = "([0-9]{1,2})(?:月|[-./])";
  const DAY = "([0-9]{1,2})[日号]?";
  const TO = "(至|到|或|—+|–|-|~|/|\\.\\.)";
  const ALIKE = "(?=[0-9]{4}(?:年[0-9]+月|-[0-9]+-|/[0-9]+/|\\.[0-9]+\\.))";
  const LOOSE_POINTS = [
    whole(ALIKE + YEAR + MONTH + DAY),
    whole(YEAR + "([0-9]{1,2})月?"),
    whole("([0-9]{4})年"),
  ];
  const LOOSE_YEARS = whole("([0-9]{4})年?" + TO + "([0-9]{4})年");
  const LOOSE_MONTHS = whole(YEAR + "([0-9]{1,2})月?" + TO + "(?:" + YEAR + ")?([0-9]{1,2})月");
  const LOOSE_DAYS = whole(
    "\\[?" + YEAR + MONTH + DAY + TO + "(?:(?:" + YEAR + ")?" + MONTH + ")?" + DAY + "\\]?"
  );
  const SOME_DAY = /(?:之?间)?的?(?:某一?[天日]|一[天日])$|之?间$/;
  const ABOUT = /^(?:大约|大概|约)(.+)$|^(.+?)(?:前后|左右)$/;
  const DOUBTED = /^(.+?)\((?:存疑|待考|不确定)\)$/;
  const TIMED = /^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{1,2}[:：时点].*$/;

  function suggestedDate(text) {
    return dateCandidates(halfWidth(text)).find((candidate) =>
      candidate !== text && candidate.length <= LONGEST && accepted(readStrictly, candidate));
  }

  function dateCandidates(text) {
    const found = [];
    const timed = TIMED.exec(text);
    if (timed) found.push(timed[1]);
    const squeezed = text.replace(/\s+/g, "");
    found.push(
      squeezed,
      squeezed.replace(/[xXuU]/g, "X"),
      squeezed.replace(/-\?\?/g, "-XX"),
      squeezed.replace(/~\?|\?~/g, "%")
    );
    const compact = /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(squeezed);
    if (compact) found.push(compact.slice(1).join("-"));
    const ends = squeezed.split("/");
    if (ends.length === 2) found.push(ends[1] + "/" + ends[0]);
    const set = /^\[(.+)\.\.(.+)\]$/.exec(squeezed);
    if (set) found.push("[" + set[2] + ".." + set[1] + "]");
    const all = /^\{(.+)\.\.(.+)\}$/.exec(squeezed);
    if (all) found.push(all[1] + "/" + all[2]);
    return found.concat(looseDates(squeezed));
  }

  /* EDTF forms of a date written in the Chinese way or with other separators. */
  function looseDates(text) {
    const doubted = DOUBTED.exec(text);
    if (doubted) {
      return looseDates(doubted[1]).map((one) =>
        one.endsWith("~") ? one.slice(0, -1) + "%" : one + "?");
    }
    const about = ABOUT.exec(text);
    if (about) return looseDates(about[1] || about[2]).map((one) => one.replace(/\//g, "~/") + "~");
    const bare = text.replace(SOME_DAY, "");
    const oneOf = bare !== text;
    for (const pattern of LOOSE_POINTS) {
      const match = pattern.exec(bare);
      if (match) {
        const parts = match.slice(1);
        return [iso(parts) + (oneOf ? "-XX".repeat(3 - parts.length) : "")];
      }
    }
    return looseRange(bare, oneOf);
  }

  function looseRange(text, oneOf) {
    let start, to, end, match;
    if ((match = LOOSE_DAYS.exec(text))) {
      start = iso([match[1], match[2], match[3]]);
      end = iso([match[5] || match[1], match[6] || match[2], match[7]]);
      to = match[4];
    } else if ((match = LOOSE_MONTHS.exec(text))) {
      start = iso([match[1], match[2]]);
      end = iso([match[4] || match[1], match[5]]);
      to = match[3];
    } else if ((match = LOOSE_YEARS.exec(text))) {
      [, start, to, end] = match;
    } else {
      return [];
    }
    if (to === "或") return ["[" + start + "," + end + "]"];
    return [oneOf || to === ".." ? "[" + start + ".." + end + "]" : start + "/" + end];
  }

  function iso(parts) {
    return parts.map((part) => part.padStart(2, "0")).join("-");
  }

  /* Quantities, as generator/values/quantities.py reads them ------------------------------------- */

  const TENS = { 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8 };
  const SCALE = "百万|千万|百亿|千亿|万亿|百|千|万|亿";
  const BEFORE = {
    about: ["大约", "大概", "约为", "约", "~", "≈", "about", "approximately", "approx.", "circa"],
    at_least: ["至少", "不少于", "不低于", "超过", "逾", "≥", ">=", ">", "atleast", "morethan", "over"],
    at_most: ["至多", "最多", "不超过", "不足", "不到", "将近", "近", "≤", "<=", "<", "atmost", "upto",
      "lessthan", "nearly", "almost"],
  };
  const AFTER = {
    about: ["左右", "上下"],
    at_least: ["以上", "多", "余", "+", "ormore"],
    at_most: ["以下", "以内", "之内", "orless"],
  };
  const BEFORE_MARK = marks(BEFORE), AFTER_MARK = marks(AFTER);
  const NUMBER = "[0-9][0-9,]*(?:\\.[0-9]+)?(?:[多余]?(?:" + SCALE + ")(?![克米瓦帕卡伏赫]))?";
  const DASH = "(?:[—―]+|[-–‑−~〜至到]|to)";
  const FORM = "(?<before>(?:" + BEFORE_MARK + ")*)(?<first>" + NUMBER + ")(?:" + DASH + "(?<second>"
    + NUMBER + "))?";
  const ENDING = "(?<after>(?:" + AFTER_MARK + ")*)";
  const WHOLE_FORM = whole(FORM + ENDING);
  const VAGUE = whole("(?:约|大约)?[上数几](?:十万|十|" + SCALE + ")");
  const NUMBER_PARTS = whole("([0-9,.]+)([多余]?)(" + SCALE + ")?");
  const GROUPED = whole("(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\\.[0-9]+)?");
  const UNIT = whole("(?<core>(?:" + FORM + "|半|[上数几](?:十万|十|" + SCALE + "))[多余]?)"
    + "(?<unit>[^0-9,.]{1,12}?)" + ENDING);
  const NOT_A_UNIT = /[半%‰倍折]|成$|分之|来|几|把|些|批|部分|[十百千万亿]$/;
  const NUMERALS = "零〇一二两三四五六七八九十百千万";
  const NUMERAL = new RegExp("(^|[^0-9上数几])([" + NUMERALS + "]+)", "g");
  const LONE_ONE = /(^|[^零〇二两三四五六七八九十百千万])一(?![十百千万])/;
  const MOST_WHOLE_DIGITS = 15, MOST_DECIMALS = 6;

  /* Any of the words, the longest first. */
  function marks(words) {
    const all = [].concat(...Object.values(words));
    all.sort((a, b) => b.length - a.length);
    return all.map((word) => word.replace(/[.+]/g, "\\$&")).join("|");
  }

  function markOf(words, mark) {
    return Object.keys(words).find((name) => words[name].indexOf(mark) >= 0);
  }

  function readAmount(text) {
    text = text.trim();
    if (!text) throw new Fault("empty");
    if (text.length > LONGEST) throw new Fault("too_long");
    try {
      return readSqueezed(squeeze(text));
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      if (["format", "unit", "numeral"].indexOf(fault.reason) < 0) throw fault;
      throw new Fault(fault.reason, suggestedAmount(squeeze(text)));
    }
  }

  /* Half-width lower case, with no spaces but a single one between digits. */
  function squeeze(text) {
    return halfWidth(text).toLowerCase().replace(/\s+/g, (space, at, all) =>
      space.length === 1 && /[0-9]/.test(all[at - 1] || "") && /[0-9]/.test(all[at + 1] || "") ? space : "");
  }

  function readSqueezed(squeezed) {
    if (squeezed === "半" || VAGUE.test(squeezed)) return;
    const match = WHOLE_FORM.exec(squeezed);
    if (!match) throw new Fault(whyNoAmount(squeezed));
    const found = match.groups;
    const said = new Set();
    (found.before.match(new RegExp(BEFORE_MARK, "g")) || []).forEach((mark) => said.add(markOf(BEFORE, mark)));
    (found.after.match(new RegExp(AFTER_MARK, "g")) || []).forEach((mark) => said.add(markOf(AFTER, mark)));
    if (readNumber(found.first).more) said.add("at_least");
    said.delete("about");
    if (said.size > 1 || (said.size && found.second)) throw new Fault("contradiction");
    if (found.second) checkRange(found.first, found.second);
  }

  /* A number as an integer times a power of ten, and whether it goes on: 20余万. */
  function readNumber(written) {
    const match = NUMBER_PARTS.exec(written);
    if (!match || !GROUPED.test(match[1])) throw new Fault("grouping");
    const [before, after = ""] = match[1].replace(/,/g, "").split(".");
    let exponent = -after.length;
    for (const scale of match[3] || "") exponent += TENS[scale];
    const digits = (before + after).replace(/^0+/, "");
    const significant = digits.replace(/0+$/, "");
    const decimals = Math.max(0, -exponent - (digits.length - significant.length));
    if (Math.max(1, digits.length + exponent) > MOST_WHOLE_DIGITS || (significant && decimals > MOST_DECIMALS)) {
      throw new Fault("too_large");
    }
    return { digits: digits || "0", exponent, more: Boolean(match[2]) };
  }

  function checkRange(first, second) {
    const lower = readNumber(first), upper = readNumber(second);
    if (lower.more || upper.more) throw new Fault("contradiction");
    const scale = second.replace(/^[0-9,.]+/, "");
    if (scale && !(first.slice(-1) in TENS) && less(lower, readNumber(second.slice(0, -scale.length)))) {
      throw new Fault("ambiguous", first + scale + "-" + second);
    }
    if (less(upper, lower)) throw new Fault("reversed", second + "-" + first);
  }

  function less(a, b) {
    const exponent = Math.min(a.exponent, b.exponent);
    const digits = (one) => (one.digits + "0".repeat(one.exponent - exponent)).replace(/^0+(?=.)/, "");
    const x = digits(a), y = digits(b);
    return x.length === y.length ? x < y : x.length < y.length;
  }

  function whyNoAmount(squeezed) {
    if (/^[-−][0-9]/.test(squeezed)) return "negative";
    if (UNIT.test(squeezed)) return "unit";
    return squeezed.search(NUMERAL) >= 0 ? "numeral" : "format";
  }

  function suggestedAmount(squeezed) {
    const inDigits = squeezed.replace(NUMERAL, (all, before, numeral) =>
      before + (chineseNumber(numeral) || numeral));
    const candidates = [
      squeezed.replace(/([0-9])\s(?=[0-9]{3}(?![0-9]))/g, "$1"),
      withoutUnit(squeezed),
      inDigits,
    ];
    if (!LONE_ONE.test(squeezed)) candidates.push(withoutUnit(inDigits));
    return candidates.find((candidate) => accepted(readSqueezed, candidate));
  }

  function withoutUnit(squeezed) {
    const match = UNIT.exec(squeezed);
    if (!match || NOT_A_UNIT.test(match.groups.unit)) return "";
    return match.groups.core + match.groups.after;
  }

  const DIGITS = { 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
  const DIGIT = "[一二两三四五六七八九]";
  const SECTION = whole("(?:(" + DIGIT + "?)千)?(?:零?(" + DIGIT + "?)百)?(?:零?(" + DIGIT + "?)十)?(?:(零)?("
    + DIGIT + "))?");

  /* The number that a complete Chinese numeral below 一亿 means, or null. */
  function chineseNumber(numeral) {
    numeral = numeral.replace(/〇/g, "零");
    const at = numeral.lastIndexOf("万");
    const high = at < 0 ? "" : numeral.slice(0, at), low = numeral.slice(at + 1);
    if (at >= 0 && low in DIGITS && low !== "零") return null;
    const sections = (at < 0 ? [low] : [high || "一", low || "零"]).map(sectionValue);
    if (!numeral || sections.indexOf(null) >= 0) return null;
    return sections.length === 1 ? sections[0] : sections[0] * 10000 + sections[1];
  }

  function sectionValue(part) {
    if (part === "零") return 0;
    const match = part && SECTION.exec(part);
    if (!match) return null;
    const [, thousands, hundreds, tens, gap, ones] = match;
    if (ones && !gap && tens === undefined && (thousands !== undefined || hundreds !== undefined)) return null;
    const value = [[thousands, 1000], [hundreds, 100], [tens, 10]]
      .filter(([digit]) => digit !== undefined)
      .reduce((sum, [digit, place]) => sum + (digit ? DIGITS[digit] : 1) * place, 0);
    return value + (ones ? DIGITS[ones] : 0);
  }

  /* Identifiers, as generator/values/identifiers.py has them ------------------------------------- */

  const LONGEST_IDENTIFIER = 100;
  const DEVICE = /^(?:con|prn|aux|nul|(?:com|lpt)[1-9])$/;

  function isIdentifier(text) {
    return text.length <= LONGEST_IDENTIFIER && /^[a-z0-9][a-z0-9-]*$/.test(text) && !DEVICE.test(text);
  }

  /* The Latin letters and digits of a text as an identifier; "" where they are not most of it. */
  function slugOf(text, longest) {
    const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    const kept = slug.replace(/-/g, "").length, all = plain.replace(/[\s\p{P}]+/gu, "").length;
    return kept * 2 >= all && /[a-z]/.test(slug) ? slug.slice(0, longest).replace(/-+$/, "") : "";
  }

  /* A short name for a text without Latin letters: FNV-1a, 32 bits, in base 36. */
  function shortHash(text) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return (hash >>> 0).toString(36);
  }

  window.recordValues = {
    dateFault: (text) => faultOf(readDate, text),
    dateBounds: (text) => (accepted(readDate, text) ? readDate(text) : null),
    amountFault: (text) => faultOf(readAmount, text),
    isIdentifier,
    slugOf,
    shortHash,
  };
})();
