import { useEffect, useState } from 'react';

/** A blob’s own address under a type that runs nothing, for as long as it is on screen. */
export function useBlobAddress(bytes: Blob, type: string): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return address;
}
