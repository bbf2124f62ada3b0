import { GroupScanner } from './groups.ts';

/** A longer term is no word that anyone types. */
const MAX_TERM_UNITS = 64;

/** Called with each term and where it stands in the folded text. */
export type VisitTerm = (term: string, start: number, end: number) => void;

/** A CELEX number of an act: `32016R0679`, which people write 2016/679. */
const CELEX = /^[1-9](\d{4})[a-z]{1,2}0*(\d{1,4})$/;

/**
 * Every term that a folded text is found by: its words, the parts of its compounds and the compounds whole, its numbers.
 *
 * @see SPEC.md X2, X3
 */
export function eachTerm(folded: string, visit: VisitTerm): void {
  const scanner = new GroupScanner(folded);
  const emit: VisitTerm = (term, start, end) => {
    if (term.length <= MAX_TERM_UNITS) visit(term, start, end);
  };
  while (scanner.next()) {
    for (let index = 0; index < scanner.count; index += 1) emitPart(scanner, index, emit);
    if (scanner.article !== '') {
      emit(scanner.article + scanner.joined(scanner.numberFrom), scanner.articleStart, scanner.end);
    }
    if (scanner.count > 1) emitCompound(scanner, emit);
  }
}

/** A part; where letters and digits stand together (a NOR, a CELEX number), also what is between their borders. */
function emitPart(scanner: GroupScanner, index: number, emit: VisitTerm): void {
  const part = scanner.part(index);
  const start = scanner.starts[index] as number;
  emit(part, start, start + part.length);
  let from = 0;
  for (let at = 1; at <= part.length; at += 1) {
    const isBorder = at < part.length && scanner.isDigitAt(start + at) !== scanner.isDigitAt(start + at - 1);
    if (!isBorder && at < part.length) continue;
    // One letter alone finds nothing that anyone looks for.
    if (from > 0 || isBorder) if (at - from > 1) emit(part.slice(from, at), start + from, start + at);
    from = at;
  }
  const act = part.length >= 7 ? CELEX.exec(part) : null;
  if (act) emit(`${act[1]}-${act[2]}`, start, start + part.length);
}

/** A compound whole, and its number without the letters before: `L.212-3` and `L212-3` are found by `212-3`. */
function emitCompound(scanner: GroupScanner, emit: VisitTerm): void {
  emit(scanner.joined(0), scanner.start, scanner.end);
  for (let index = 0; index < scanner.count - 1; index += 1) {
    const start = scanner.starts[index] as number;
    const end = scanner.ends[index] as number;
    let digits = start;
    while (digits < end && !scanner.isDigitAt(digits)) digits += 1;
    if (digits === end) continue;
    if (digits > scanner.start) emit(scanner.joined(index).slice(digits - start), digits, scanner.end);
    return;
  }
}
