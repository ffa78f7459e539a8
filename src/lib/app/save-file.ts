/** Hands a file to the person, under a name. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has the content once the click has been handled; a moment later it may be let go.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
