import { encodePng } from './encode-png.ts';
import { glyphsOf } from './glyphs.ts';

export type PaintColor = readonly [red: number, green: number, blue: number];

/** A rectangle of RGB pixels to draw on; coordinates count from the top left. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #pixels: Uint8Array;

  constructor(width: number, height: number, background: PaintColor) {
    this.width = width;
    this.height = height;
    this.#pixels = new Uint8Array(width * height * 3);
    this.fillRectangle(0, 0, width, height, background);
  }

  fillRectangle(left: number, top: number, width: number, height: number, color: PaintColor): void {
    this.#fill(left, top, width, height, color, () => true);
  }

  /** The part of an ellipse that `within` accepts; all of it by default. */
  fillEllipse(
    x: number,
    y: number,
    radiusX: number,
    radiusY: number,
    color: PaintColor,
    within: (x: number, y: number) => boolean = () => true,
  ): void {
    this.#fill(x - radiusX, y - radiusY, 2 * radiusX + 1, 2 * radiusY + 1, color, (px, py) => {
      return ((px - x) / radiusX) ** 2 + ((py - y) / radiusY) ** 2 <= 1 && within(px, py);
    });
  }

  /** A line of text in a five by seven font, each dot `size` pixels square. What the font lacks leaves a gap. */
  drawText(left: number, top: number, size: number, color: PaintColor, text: string): void {
    for (const [index, character] of [...text.toUpperCase()].entries()) {
      for (const [column, dots] of glyphsOf(character).entries()) {
        for (let row = 0; row < 7; row += 1) {
          if ((dots >> row) & 1)
            this.fillRectangle(left + (index * 6 + column) * size, top + row * size, size, size, color);
        }
      }
    }
  }

  /** Puts another canvas on this one, made smaller by a whole factor. */
  place(other: Canvas, left: number, top: number, factor: number): void {
    for (let y = 0; y < Math.floor(other.height / factor); y += 1) {
      for (let x = 0; x < Math.floor(other.width / factor); x += 1) {
        const from = (y * factor * other.width + x * factor) * 3;
        this.#pixels.set(other.#pixels.subarray(from, from + 3), ((top + y) * this.width + left + x) * 3);
      }
    }
  }

  toPng(): Uint8Array {
    return encodePng(this.width, this.height, this.#pixels);
  }

  #fill(
    left: number,
    top: number,
    width: number,
    height: number,
    color: PaintColor,
    within: (x: number, y: number) => boolean,
  ): void {
    const [red, green, blue] = color;
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(this.height, top + height); y += 1) {
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(this.width, left + width); x += 1) {
        if (!within(x, y)) continue;
        const index = (y * this.width + x) * 3;
        this.#pixels[index] = red;
        this.#pixels[index + 1] = green;
        this.#pixels[index + 2] = blue;
      }
    }
  }
}
