/* A record as YAML text that every YAML parser reads as what was typed. Enter: a list of names and
   values; a value is a text, a list of values, such a list of fields (`{fields: [...]}`), or what may
   stand as it is (`{plain: "2020-03-04"}`, `true`). Leave: lines. Never guesses: text that
   could be taken for anything else is put in double quotes (YAML 1.2.2, sections 7.3.1 and 8.1.2).
   Classic script, no dependencies, touches no page. */
(function () {
  "use strict";

  const WIDEST_LIST = 72; // characters; a longer list of ids is written one a line

  /* Line breaks and marks to YAML 1.1 or 1.2, or nothing that a file may hold: only as escapes. */
  const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

  const WORD_OF_YAML = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

  function yamlOf(fields, comment) {
    return ["# " + comment].concat(linesOf(fields, "")).join("\n") + "\n";
  }

  function linesOf(fields, indent) {
    return [].concat(...fields.map(([name, value]) => {
      const [first, ...rest] = entry(value, indent);
      return [indent + name + ":" + first].concat(rest);
    }));
  }

  /* What stands after the colon, and the lines below it. */
  function entry(value, indent) {
    if (Array.isArray(value)) {
      const short = "[" + value.map((one) => one.plain).join(", ") + "]";
      if (value.every((one) => isSafe(one.plain)) && short.length <= WIDEST_LIST) return [" " + short];
      return [""].concat(...value.map((one) => item(one, indent + "  ")));
    }
    if (value.fields) {
      return value.fields.length ? [""].concat(linesOf(value.fields, indent + "  ")) : [" {}"];
    }
    return scalar(value, indent);
  }

  function item(value, indent) {
    if (!value.fields) {
      const [first, ...rest] = scalar(value, indent);
      return [indent + "-" + first].concat(rest);
    }
    if (!value.fields.length) return [indent + "- {}"];
    const lines = linesOf(value.fields, indent + "  ");
    return [indent + "- " + lines[0].trimStart()].concat(lines.slice(1));
  }

  function scalar(value, indent) {
    if (value === true) return [" true"];
    if (value.plain !== undefined) return [" " + (isSafe(value.plain) ? value.plain : quoted(value.plain))];
    if (value.indexOf("\n") >= 0 && isBlock(value)) {
      return [" |"].concat(value.split("\n").map((line) => (line ? indent + "  " + line : "")));
    }
    return [" " + (isPlain(value) ? value : quoted(value))];
  }

  /* Whether a value of known form is read as written: dates, times, numbers, ids, lists of numbers. */
  function isSafe(text) {
    if (text === undefined || WORD_OF_YAML.test(text)) return false;
    return /^[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff+.~/_-]*$/.test(text)
      || /^[0-9]{2}:[0-9]{2}$/.test(text)
      || /^\[[0-9., ]+\]$/.test(text);
  }

  /* Letters and Chinese with the usual marks between them, and nothing that YAML gives a meaning. */
  function isPlain(text) {
    return /^[A-Za-z\u3400-\u4dbf\u4e00-\u9fff][0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff ，。、：；（）“”！？·./_-]*$/.test(text)
      && !text.endsWith(" ")
      && !WORD_OF_YAML.test(text);
  }

  /* Whether the lines can stand as they are below a `|`. */
  function isBlock(text) {
    return !UNPRINTABLE.test(text.replace(/[\n\t]/g, ""))
      && !hasLoneSurrogate(text)
      && !/^[\s]/.test(text)
      && !/\n$/.test(text);
  }

  function quoted(text) {
    const whole = Array.from(text).map((one) => (/^[\ud800-\udfff]$/.test(one) ? "\ufffd" : one)).join("");
    return JSON.stringify(whole).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (one) =>
      "\\u" + one.charCodeAt(0).toString(16).padStart(4, "0"));
  }

  function hasLoneSurrogate(text) {
    return Array.from(text).some((one) => /^[\ud800-\udfff]$/.test(one));
  }

  window.recordYaml = { yamlOf };
})();
