import { PNG } from 'pngjs';

const made = new Map<string, Buffer>();

/**
 * A picture with as much detail as a photograph, the same each time: `photo-640x400-3.png` is the third of that size,
 * `plain-…` has flat colours as icons and charts do.
 */
export function madeImage(name: string): Buffer {
  const known = made.get(name);
  if (known) return known;
  const [, kind, width = '64', height = '64', seed = '1'] =
    /^(photo|plain)-(\d{1,4})x(\d{1,4})-(\d+)\.png$/.exec(name) ?? [];
  const image = paint({ isPhoto: kind === 'photo', width: Number(width), height: Number(height), seed: Number(seed) });
  made.set(name, image);
  return image;
}

function paint({
  isPhoto,
  width,
  height,
  seed,
}: {
  isPhoto: boolean;
  width: number;
  height: number;
  seed: number;
}): Buffer {
  const png = new PNG({ width, height });
  let noise = seed * 2_654_435_761;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
      const grain = isPhoto ? (noise >>> 24) % 24 : 0;
      const hill = Math.sin((x + seed * 40) / (width / 9)) * height * 0.12 + height * 0.6;
      const isGround = y > hill;
      const at = (y * width + x) * 4;
      const colour = isGround
        ? [60 + ((seed * 31) % 90), 110 + (y * 80) / height, 70 + ((seed * 17) % 60)]
        : [120 + ((seed * 23) % 100), 160 + (x * 60) / width, 230 - (y * 60) / height];
      for (const [channel, value] of colour.entries()) png.data[at + channel] = Math.min(255, value + grain);
      png.data[at + 3] = 255;
    }
  }
  return PNG.sync.write(png);
}
