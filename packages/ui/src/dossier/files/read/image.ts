/** The size that an image's own header gives, in px; null where it gives none that is read here. */
export function pixelsOf(type: string, bytes: Uint8Array): { width: number; height: number } | null {
  const size = sizeOf(type, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return size !== null && size.width > 0 && size.height > 0 ? size : null;
}

function sizeOf(type: string, view: DataView): { width: number; height: number } | null {
  try {
    if (type === 'image/png') return { width: view.getUint32(16), height: view.getUint32(20) };
    if (type === 'image/gif') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (type === 'image/bmp') return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
    if (type === 'image/jpeg') return sizeOfJpeg(view);
    if (type === 'image/webp') return sizeOfWebp(view);
    return null;
  } catch {
    // Cut before its header ends.
    return null;
  }
}

/** The frame's header is one of the segments before the image itself. */
function sizeOfJpeg(view: DataView): { width: number; height: number } | null {
  for (let at = 2; at < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker >> 8 !== 0xff) return null;
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return null;
}

function sizeOfWebp(view: DataView): { width: number; height: number } | null {
  const kind = view.getUint32(12);
  // `VP8X`, `VP8L` and `VP8 `.
  if (kind === 0x56503858) return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
  }
  if (kind === 0x56503820)
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  return null;
}

const uint24 = (view: DataView, at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
