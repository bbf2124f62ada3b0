/**
 * 64 bits over some values: equal values have equal digests, and different ones practically never. It tells whether to read
 * something again, and proves nothing.
 */
export function digestOf(values: readonly (string | number | boolean)[]): string {
  let low = 0x811c9dc5;
  let high = 0x41c6ce57;
  for (const value of values) {
    // The end of each value counts, so that ['ab', 'c'] is not ['a', 'bc'].
    const text = `${value}\0`;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ unit, 0x5f356495) + (high >>> 15);
    }
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36);
}
