/** What is on the clipboard, as a paste would give it, where a page may ask for that. @throws where it may not */
export async function readClipboard(): Promise<DataTransfer> {
  const data = new DataTransfer();
  for (const item of await navigator.clipboard.read()) {
    for (const type of item.types) {
      const content = await item.getType(type);
      if (type.startsWith('text/')) data.setData(type, await content.text());
      else if (type.startsWith('image/')) data.items.add(new File([content], '', { type }));
    }
  }
  return data;
}
