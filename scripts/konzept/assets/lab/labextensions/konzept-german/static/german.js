/* What authors meet in dialogs of JupyterLab that its German pack lacks, or says to friends.

   JupyterLab would take such sentences from a package, too, but stumbles over the version that the pack names.
   In the form of a prebuilt extension without a build, like ../../konzept/static/writing.js. */

"use strict";

(function () {
  const GERMAN = {
    '"%1" already exists. Do you want to replace it?': "„%1“ gibt es schon. Möchten Sie es ersetzen?",
    'Are you sure you want to close "%1"?': "Möchten Sie „%1“ schließen?",
    "Are you sure you want to delete this cell?": "Möchten Sie diese Stelle löschen?",
    "Are you sure you want to move to trash: %1?": "Möchten Sie „%1“ in den Papierkorb legen?",
    "Are you sure you want to permanently delete: %1?": "Möchten Sie „%1“ endgültig löschen?",
    "Cannot upload file (>%1 MB). %2": "Die Datei ist größer als %1 MB und lässt sich nicht hochladen. %2",
    "Discard changes to file": "Änderungen verwerfen",
    "Close and save Document": "Speichern und schließen",
    "Close Document without saving": "Schließen, ohne zu speichern",
    "Document is read-only. \"Save\" is disabled; use \"Save as…\" instead": "Diese Seite lässt sich nur lesen.",
    "%1 is read-only. Use \"Save as…\" instead.": "„%1“ lässt sich nur lesen.",
    "Error when performing an action.": "Das ging nicht.",
    "File name": "Dateiname",
    "If checked, no confirmation to close a document will be asked in the future.": "Künftig wird vor dem Schließen nicht mehr gefragt.",
    "If checked, you will not see a dialog informing you about an issue with server connection in this session.": "Bis zum Schließen des Fensters wird das nicht mehr gemeldet.",
    "Kernel Restarting": "Die Abbildungen werden neu vorbereitet",
    "Large file size warning": "Große Datei",
    "Move to Trash": "In den Papierkorb",
    '"%1" already exists, overwrite?': "„%1“ gibt es schon. Möchten Sie die Datei ersetzen?",
    "Overwrite": "Ersetzen",
    "Overwrite file?": "Datei ersetzen?",
    "Overwrite Existing File": "Vorhandene Datei ersetzen",
    'Please confirm you want to close "%1".': "Möchten Sie „%1“ schließen?",
    "Please confirm you want to shut down %1.": "Möchten Sie den Arbeitsplatz beenden?",
    "Please confirm you want to shut down JupyterLab.": "Möchten Sie den Arbeitsplatz beenden?",
    "Rename file": "Datei umbenennen",
    "Save your work": "Nicht gespeichert",
    "Some changes have not been saved. Continue without saving?": "Nicht alles ist gespeichert. Ohne Speichern weitermachen?",
    "The file size is %1 MB. Do you still want to upload it?": "Die Datei hat %1 MB. Möchten Sie sie hochladen?",
    "The kernel for %1 appears to have died. It will restart automatically.": "Der Rechenkern für „%1“ ist abgestürzt und beginnt von selbst neu.",
    "To use JupyterLab again, you will need to relaunch it.": "Zum Weiterarbeiten öffnen Sie ihn neu.",
    "Upload complete (%1 files)": "Hochgeladen: %1 Dateien",
    "Uploaded %1%2": "Hochgeladen: %1%2",
    "You have shut down the Jupyter server. You can now close this tab.": "Der Arbeitsplatz ist beendet. Sie können das Fenster schließen.",
    "You have unsaved changes.": "Nicht alles ist gespeichert.",
    "Your server at %1 is not running.\nWould you like to restart it?": "Der Arbeitsplatz läuft nicht mehr.\nMöchten Sie ihn neu starten?",
  };

  let modules = null;

  const plugin = async () => {
    const [{ get }] = Object.values(modules["@jupyterlab/translation"]);
    const { ITranslator, nullTranslator } = (await get())();
    return {
      id: "konzept-german:plugin",
      description: "What the German of JupyterLab lacks",
      autoStart: true,
      requires: [ITranslator],
      activate(_, translator) {
        // Each has one for all who ask for it; the second is what parts of JupyterLab take that were given none.
        for (const words of [translator.load("jupyterlab"), nullTranslator.load("jupyterlab")]) {
          const known = words.__.bind(words);
          words.__ = (text, ...values) => known(GERMAN[text] ?? text, ...values);
        }
      },
    };
  };

  (window._JUPYTERLAB ??= {})["konzept-german"] = {
    init(shared) { modules = shared; },
    get: async () => { const made = await plugin(); return () => ({ __esModule: true, default: made }); },
  };
})();
