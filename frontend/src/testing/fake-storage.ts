/** A `Storage` as browsers have it: its keys are its own properties. */
export function fakeStorage(): Storage {
  const items: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => items[key] ?? null,
    setItem: (key: string, value: string) => void (items[key] = value),
    removeItem: (key: string) => void Reflect.deleteProperty(items, key),
  };
  return Object.setPrototypeOf(items, methods) as Storage;
}

/** One that is full or forbidden. */
export const brokenStorage = (): Storage => {
  const refuse = (): never => {
    throw new Error("QuotaExceededError");
  };
  return Object.setPrototypeOf({}, { getItem: refuse, setItem: refuse, removeItem: refuse }) as Storage;
};
