import SignaturePad from "signature_pad";

/** What the server takes of a signature, in characters. */
const largest = 60_000;

/** Makes the canvas of `#sign-form` drawable; without a canvas or a field for the result the form stays as it is. */
function start(form: HTMLFormElement): void {
  const canvas = form.querySelector<HTMLCanvasElement>("canvas#signature");
  const field = form.querySelector<HTMLInputElement>('input[name="signature"]');
  if (!canvas || !field) return;

  const pad = new SignaturePad(canvas, { penColor: "#10202a", minWidth: 0.8, maxWidth: 2.6 });
  const message = messageBelow(canvas);
  // The canvas size that the first stroke was drawn on, and how much larger or smaller the drawing is now.
  let frame = { width: 0, height: 0 };
  let drawnScale = 1;

  const fit = () => {
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    const pixels = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
    // Setting the size clears the canvas, so it happens only when something changed.
    if (width === 0 || height === 0) return;
    if (canvas.width === pixels.width && canvas.height === pixels.height) return;
    const strokes = pad.toData();
    canvas.width = pixels.width;
    canvas.height = pixels.height;
    canvas.getContext("2d")?.scale(ratio, ratio);
    pad.clear();
    if (strokes.length === 0) return;
    const points = strokes.flatMap((stroke) => stroke.points);
    const change = Math.min(
      Math.min(width / frame.width, height / frame.height) / drawnScale,
      // What was added after a turn may reach further than the first frame does.
      (width - 4) / Math.max(...points.map((point) => point.x)),
      (height - 4) / Math.max(...points.map((point) => point.y)),
    );
    drawnScale *= change;
    for (const point of points) {
      point.x *= change;
      point.y *= change;
    }
    pad.fromData(strokes);
  };

  const say = (text: string) => {
    message.textContent = text;
    message.hidden = text === "";
    canvas.setAttribute("aria-invalid", String(text !== ""));
  };

  new ResizeObserver(fit).observe(canvas);
  fit();
  pad.addEventListener("beginStroke", () => {
    say("");
    if (!pad.isEmpty()) return;
    frame = { width: canvas.clientWidth, height: canvas.clientHeight };
    drawnScale = 1;
  });
  form.querySelector("#clear")?.addEventListener("click", (event) => {
    event.preventDefault();
    pad.clear();
    field.value = "";
    say("");
  });
  form.addEventListener("submit", (event) => {
    // A button may say that its outcome needs no signature, e.g. a refusal.
    const button = (event as SubmitEvent).submitter;
    if (button instanceof HTMLElement && "unsigned" in button.dataset) {
      field.value = "";
      return;
    }
    if (pad.isEmpty()) {
      event.preventDefault();
      say(form.dataset.required ?? "");
      canvas.scrollIntoView({ block: "center" });
      canvas.focus();
      return;
    }
    field.value = drawing(pad, canvas);
  });
}

/** The drawing as SVG, which is sharp at any size, or as PNG when somebody drew so much that SVG is too large. */
function drawing(pad: SignaturePad, canvas: HTMLCanvasElement): string {
  const svg = "data:image/svg+xml;base64," + btoa(pad.toSVG());
  if (svg.length <= largest) return svg;
  for (let width = Math.min(canvas.width, 800); width > 100; width = Math.floor(width / 1.5)) {
    const small = document.createElement("canvas");
    small.width = width;
    small.height = Math.round((canvas.height * width) / canvas.width);
    small.getContext("2d")?.drawImage(canvas, 0, 0, small.width, small.height);
    const png = small.toDataURL("image/png");
    if (png.length <= largest) return png;
  }
  return "";
}

function messageBelow(canvas: HTMLCanvasElement): HTMLElement {
  const message = document.createElement("p");
  message.id = "signature-error";
  message.className = "field__error";
  message.setAttribute("role", "alert");
  message.hidden = true;
  canvas.after(message);
  canvas.setAttribute("aria-describedby", message.id);
  if (!canvas.hasAttribute("tabindex")) canvas.tabIndex = 0;
  return message;
}

const form = document.querySelector<HTMLFormElement>("form#sign-form");
if (form) start(form);
