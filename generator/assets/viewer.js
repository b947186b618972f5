/* Opens a page's photographs one by one over the page: caption, credit, the day, an address for
   each. Without it every photograph has its page; with it that page is one link away.
   PhotoSwipe does the showing and is loaded with the first picture. Classic script, so that it
   works from a folder as well. Nothing leaves the site. */
(function () {
  "use strict";

  var here = document.currentScript.src.replace(/viewer\.js.*$/, "");
  var base = here.replace(/assets\/chronicle\/$/, "");
  var WORDS = {
    zh: { close: "关闭", zoom: "放大", before: "前一张", after: "后一张", failed: "图片没有读到。", page: "这张照片的页面", day: "当天的记录" },
    en: { close: "Close", zoom: "Zoom", before: "Previous", after: "Next", failed: "The picture cannot be loaded.", page: "Page of this photograph", day: "Records of the day" }
  };
  var words = /^zh/.test(document.documentElement.lang) ? WORDS.zh : WORDS.en;
  var MARK = "#photo=";
  var STRIP = 2.5;

  var links = Array.prototype.filter.call(
    document.querySelectorAll("#content a.photo-frame"),
    function (link) { return link.querySelector("img"); }
  );
  if (!links.length) return;

  var open = null, pushed = false, loading = null;

  function idOf(link) {
    return decodeURIComponent(link.href.replace(/^.*\//, "").replace(/\.html.*$/, ""));
  }
  function indexOf(hash) {
    if (hash.indexOf(MARK) !== 0) return -1;
    var id = decodeURIComponent(hash.slice(MARK.length));
    return links.map(idOf).indexOf(id);
  }

  links.forEach(function (link, index) {
    link.addEventListener("click", function (event) {
      if (event.defaultPrevented || event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(index, true);
    });
  });
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);

  /* The address decides: a photograph's opens it, any other closes what is open. */
  function follow() {
    var index = indexOf(location.hash);
    if (index < 0) { if (open) { pushed = false; open.close(); } }
    else if (!open) show(index, false);
    else if (open.currIndex !== index) open.goTo(index);
  }

  function address(index, push) {
    var wanted = index < 0 ? location.pathname + location.search : MARK + encodeURIComponent(idOf(links[index]));
    if (index >= 0 && location.hash === wanted) return;
    try { history[push ? "pushState" : "replaceState"](null, "", wanted); } catch (refused) { /* from a folder, some browsers forbid it */ }
  }

  function load(then) {
    if (window.PhotoSwipe) { then(); return; }
    if (loading) { loading.push(then); return; }
    loading = [then];
    ["vendor/photoswipe/photoswipe.css", "viewer.css"].forEach(function (name) {
      if (document.querySelector('link[href$="' + name + '"]')) return;
      var sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = here + name;
      document.head.appendChild(sheet);
    });
    var script = document.createElement("script");
    script.src = here + "vendor/photoswipe/photoswipe.umd.min.js";
    script.onload = function () { loading.forEach(function (one) { one(); }); loading = null; };
    /* Without it, the photograph's own page does. */
    script.onerror = function () { location.href = links[Math.max(0, indexOf(location.hash))].href; };
    document.head.appendChild(script);
  }

  function item(link) {
    var image = link.querySelector("img");
    return {
      src: image.src, srcset: image.srcset, msrc: image.currentSrc || image.src, alt: image.alt,
      width: Number(image.getAttribute("width")), height: Number(image.getAttribute("height")),
      element: link, thumbCropped: true
    };
  }

  function show(index, push) {
    load(function () {
      if (open) { open.goTo(index); return; }
      var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      var viewer = open = new window.PhotoSwipe({
        dataSource: links.map(item), index: index, loop: false, bgOpacity: 1, counter: true,
        arrowKeys: false, escKey: false, returnFocus: true, wheelToZoom: true,
        showHideAnimationType: still ? "none" : "zoom", zoomAnimationDuration: still ? 0 : 250,
        closeTitle: words.close, zoomTitle: words.zoom, arrowPrevTitle: words.before,
        arrowNextTitle: words.after, errorMsg: words.failed,
        /* A strip opens at the width of the screen, to be moved along; all else opens whole. */
        initialZoomLevel: function (level) { return strip(level) ? Math.min(1, level.panAreaSize.x / level.elementSize.x) : level.fit; },
        secondaryZoomLevel: function (level) { return strip(level) ? 1 : Math.max(level.fit * 2, Math.min(1, level.fill)); },
        maxZoomLevel: 3,
        paddingFn: function (size, data) { return { top: data.height > STRIP * data.width ? 60 : 0, bottom: Math.min(caption.offsetHeight, size.y / 3), left: 0, right: 0 }; }
      });
      var caption = document.createElement("div");
      caption.className = "pswp__viewer-words pswp__hide-on-close";
      viewer.on("uiRegister", function () {
        viewer.ui.registerElement({ name: "words", order: 9, isButton: false, appendTo: "root", onInit: function (element) { element.appendChild(caption); } });
      });
      /* The room that the words leave is known once they are there. */
      viewer.on("firstUpdate", function () { fill(caption, links[viewer.currIndex]); });
      viewer.on("change", function () {
        fill(caption, links[viewer.currIndex]);
        address(viewer.currIndex, false);
        viewer.updateSize(true);
      });
      /* A strip begins at its top. */
      viewer.on("initialZoomPan", function (event) {
        var level = event.slide.zoomLevels;
        if (strip(level)) event.slide.pan.y = event.slide.bounds.min.y;
      });
      viewer.on("openingAnimationEnd", function () { viewer.updateSize(true); });
      viewer.on("destroy", function () {
        open = null;
        window.removeEventListener("keydown", keys, true);
        if (pushed) { pushed = false; history.back(); }
        else if (indexOf(location.hash) >= 0) address(-1, false);
      });
      window.addEventListener("keydown", keys, true);
      if (push) { address(index, true); pushed = indexOf(location.hash) >= 0; }
      viewer.init();
      viewer.element.setAttribute("aria-modal", "true");
    });
  }

  function strip(level) { return level.elementSize.y > STRIP * level.elementSize.x; }

  /* The page's own arrow keys must rest meanwhile, so these are heard before them. */
  function keys(event) {
    if (!open || event.altKey || event.ctrlKey || event.metaKey) return;
    var does = { ArrowLeft: "prev", ArrowRight: "next", Escape: "close" }[event.key];
    if (!does) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open[does]();
  }

  function fill(caption, link) {
    var words_ = document.createElement("div");
    var figure = link.closest("figure");
    var written = figure && figure.querySelector("figcaption");
    var text = "";
    if (written) {
      var copy = written.cloneNode(true);
      Array.prototype.forEach.call(copy.querySelectorAll(".credit"), function (one) { one.remove(); });
      text = copy.textContent.trim();
    }
    add(words_, "p", text || link.querySelector("img").alt);
    var ways = add(words_, "p", "");
    ways.className = "viewer-ways";
    if (link.querySelector(".photo-badge")) add(ways, "span", link.querySelector(".photo-badge").textContent.trim());
    if (link.dataset.credit) add(ways, "span", link.dataset.credit);
    if (link.dataset.day) add(ways, "a", words.day).href = base + "days/" + link.dataset.day + ".html";
    add(ways, "a", words.page).href = link.href;
    caption.textContent = "";
    caption.appendChild(words_);
    if (open && open.element) open.element.setAttribute("aria-label", text);
  }

  function add(parent, name, text) {
    var element = document.createElement(name);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  follow();
})();
