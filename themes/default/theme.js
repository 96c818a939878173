/* The only script that holds up the first paint: a stored choice of colours. Without it,
   or without storage, the style sheet follows the system. */
(function (root) {
  var choice = null;
  try { choice = localStorage.getItem("vaultsite-theme"); } catch (e) { /* storage is closed */ }
  if (choice === "dark" || choice === "light") root.dataset.theme = choice;
  else choice = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.classList.add("js", "theme-" + choice);
})(document.documentElement);
