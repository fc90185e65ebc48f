import type { Derivation } from '../../../state/derivation.ts';
import { Canvas, type PaintColor } from './canvas.ts';

/** What a report says of a face. */
export interface Face {
  readonly beard: boolean;
  readonly mustache: boolean;
  readonly eyeglasses: boolean;
  readonly longHair: boolean;
}

const skins: readonly [PaintColor, ...PaintColor[]] = [
  [255, 219, 190],
  [241, 194, 155],
  [214, 160, 116],
  [166, 112, 74],
  [112, 72, 48],
];
const hairs: readonly [PaintColor, ...PaintColor[]] = [
  [38, 28, 24],
  [84, 56, 36],
  [140, 98, 54],
  [196, 158, 96],
  [150, 150, 152],
];
const shirts: readonly [PaintColor, ...PaintColor[]] = [
  [46, 84, 140],
  [120, 48, 60],
  [52, 110, 84],
  [84, 76, 120],
  [60, 64, 72],
];
const backgrounds: readonly [PaintColor, ...PaintColor[]] = [
  [226, 232, 238],
  [232, 228, 220],
  [220, 232, 226],
];
const white: PaintColor = [250, 250, 250];
const dark: PaintColor = [44, 40, 40];

/** A face of simple shapes, 300 by 360 pixels; colours and proportions follow from the derivation. */
export function drawPortrait(face: Face, derive: Derivation): Canvas {
  const canvas = new Canvas(300, 360, derive.pick('background', backgrounds));
  const skin = derive.pick('skin', skins);
  const hair = derive.pick('hair', hairs);
  const wide = derive.integer('width', 68, 80);
  const long = derive.integer('length', 90, 102);

  if (face.longHair) canvas.fillEllipse(150, 190, wide + 26, long + 46, hair);
  canvas.fillEllipse(150, 400, 130, 110, derive.pick('shirt', shirts));
  canvas.fillRectangle(122, 240, 56, 70, shade(skin, 0.9));
  canvas.fillEllipse(150, 312, 30, 18, shade(skin, 0.9));
  canvas.fillEllipse(150 - wide, 175, 14, 22, shade(skin, 0.94));
  canvas.fillEllipse(150 + wide, 175, 14, 22, shade(skin, 0.94));
  canvas.fillEllipse(150, 110, wide + 10, 66, hair);
  canvas.fillEllipse(150, 172, wide, long, skin);
  canvas.fillEllipse(150, 96, wide, derive.integer('fringe', 26, 40), hair, (_, y) => y < 120);
  if (face.beard) canvas.fillEllipse(150, 218, wide - 6, 56, hair, (_, y) => y > 212);
  drawEyes(canvas, derive, hair);
  canvas.fillEllipse(150, 188, 9, 16, shade(skin, 0.88));
  if (face.mustache) canvas.fillEllipse(150, 212, 30, 8, hair);
  canvas.fillEllipse(150, 226, 24, 9, [176, 84, 84], (_, y) => y > 224);
  if (face.eyeglasses) drawGlasses(canvas, skin);
  return canvas;
}

function drawEyes(canvas: Canvas, derive: Derivation, hair: PaintColor): void {
  const iris: PaintColor = derive.pick('eyes', [
    [72, 104, 140],
    [92, 64, 40],
    [78, 108, 70],
  ]);
  for (const x of [120, 180]) {
    canvas.fillRectangle(x - 17, 139, 34, 5, hair);
    canvas.fillEllipse(x, 162, 15, 9, white);
    canvas.fillEllipse(x, 162, 7, 7, iris);
    canvas.fillEllipse(x, 162, 3, 3, dark);
  }
}

function drawGlasses(canvas: Canvas, skin: PaintColor): void {
  for (const x of [120, 180]) {
    const rim = (px: number, py: number) => ((px - x) / 22) ** 2 + ((py - 163) / 18) ** 2 > 1;
    canvas.fillEllipse(x, 163, 26, 22, dark, rim);
  }
  canvas.fillRectangle(144, 158, 12, 4, dark);
  canvas.fillRectangle(74, 158, 20, 4, shade(skin, 0.3));
  canvas.fillRectangle(206, 158, 20, 4, shade(skin, 0.3));
}

function shade([red, green, blue]: PaintColor, factor: number): PaintColor {
  return [red * factor, green * factor, blue * factor];
}
