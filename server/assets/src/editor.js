// The editor of queries in the place of a plain field; the form that the field belongs to stays as it is.
import "@zazuko/yasqe/build/yasqe.min.css";
import { Yasqe } from "@zazuko/yasqe";

// The library would also look terms up at other sites.
Yasqe.defaults.autocompleters = ["prefixes", "variables"];

for (const field of document.querySelectorAll("textarea[data-editor]")) {
  const form = field.form;
  const prefixes = JSON.parse(field.dataset.prefixes);
  Yasqe.Autocompleters.prefixes.get = async () =>
    Object.entries(prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`);

  const place = document.createElement("div");
  place.className = "editor";
  field.before(place);
  field.hidden = true;

  const run = () => form.requestSubmit();
  const editor = new Yasqe(place, {
    value: field.value,
    persistenceId: null,
    createShareableLink: null,
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
    inputStyle: "textarea",
    screenReaderLabel: field.labels[0].textContent.trim(),
    // Tab leaves the field, as everywhere on a page; nothing is kept in the browser.
    extraKeys: {
      ...Yasqe.defaults.extraKeys,
      Tab: false,
      "Shift-Tab": false,
      "Ctrl-Enter": run,
      "Cmd-Enter": run,
      "Ctrl-S": false,
    },
  });
  const input = editor.getInputField();
  input.id = `${field.id}-editor`;
  input.setAttribute("aria-describedby", `${field.id}-help`);
  field.labels[0].htmlFor = input.id;
  form.addEventListener("submit", () => {
    field.value = editor.getValue();
  });
  editor.on("change", () => {
    field.value = editor.getValue();
  });
}

// A query that was posted stands in no address: the one to share does.
const shared = document.querySelector("[data-shared]");
if (shared && location.href !== new URL(shared.getAttribute("href"), document.baseURI).href) {
  history.replaceState(null, "", shared.getAttribute("href"));
}
