// Everything works without this file. It adds two things: the key "/" goes to the search field, and an address that is
// to be shared names only what was chosen.
document.addEventListener("keydown", function (event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.getElementById("q");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
document.addEventListener("formdata", function (event) {
  if (!event.target.matches("form.search")) return;
  const moods = [];
  for (const [name, value] of Array.from(event.formData.entries())) {
    if (name.startsWith("mood.")) {
      event.formData.delete(name);
      if (Number(value) !== 0) moods.push(name.slice(5) + (Number(value) === 1 ? "" : ":" + value));
    } else if (value === "" && name !== "q") {
      event.formData.delete(name);
    }
  }
  if (moods.length) event.formData.set("mood", moods.join(","));
  else event.formData.delete("strength");
});
