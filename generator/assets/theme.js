/* Light or dark as the reader last chose, before anything is painted; otherwise as the system says. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.remove("no-js");
  var key = "chronicle-theme";
  function remembered() {
    try { return localStorage.getItem(key); } catch (fault) { return null; }
  }
  var chosen = remembered();
  if (chosen) root.dataset.theme = chosen;

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      var dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem(key, root.dataset.theme); } catch (fault) { /* private window */ }
    });
  });
})();
