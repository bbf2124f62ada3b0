/** Gives a person a file, as a download. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file once this turn is over.
  setTimeout(() => URL.revokeObjectURL(url));
}

/** A name without what the file systems of people’s machines refuse. */
export const fileNameOf = (name: string): string => name.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim();
