import { Canvas, type PaintColor } from './canvas.ts';

/** What is printed on an identity document. */
export interface PrintedDocument {
  readonly title: string;
  readonly country: string;
  /** Label and text of each line, from top to bottom. */
  readonly lines: readonly (readonly [label: string, text: string])[];
  /** The machine-readable zone, a line each. */
  readonly mrz: readonly string[];
}

const paper: PaintColor = [214, 226, 236];
const band: PaintColor = [44, 78, 122];
const ink: PaintColor = [28, 32, 40];
const faint: PaintColor = [96, 112, 132];
const wave: PaintColor = [200, 214, 228];

/** Of a character of the machine-readable zone, its gap included, in pixels. */
const mrzPitch = 12;

/**
 * The front of a document with portrait, lines and machine-readable zone, 304 pixels high and 480 wide; wider where the
 * lines of the zone ask for it, as a passport's do.
 */
export function drawDocument(printed: PrintedDocument, portrait: Canvas): Canvas {
  const width = Math.max(480, ...printed.mrz.map((line) => 24 + line.length * mrzPitch));
  const canvas = new Canvas(width, 304, paper);
  for (let x = 0; x < width; x += 24) canvas.fillEllipse(x, 150, 9, 120, wave);
  canvas.fillRectangle(0, 0, width, 40, band);
  canvas.drawText(16, 12, 2, [255, 255, 255], printed.country.slice(0, 22));
  canvas.drawText(300, 14, 1, [220, 230, 240], printed.title.slice(0, 28));
  canvas.place(portrait, 18, 52, 2);
  for (const [index, [label, text]] of printed.lines.entries()) {
    const top = 52 + index * 26;
    canvas.drawText(186, top, 1, faint, label);
    canvas.drawText(186, top + 10, 2, ink, text.slice(0, 23));
  }
  canvas.fillRectangle(0, 242, width, 62, [238, 242, 246]);
  for (const [index, line] of printed.mrz.entries())
    canvas.drawText(12, 248 + index * 18, mrzPitch / 6, ink, line);
  return canvas;
}
