/** A listener of what the browser tells of certain addresses alone, which change with the settings. */

interface AddressEvent<Listener> {
  hasListener(listener: Listener): boolean;
  removeListener(listener: Listener): void;
}

/**
 * Gives the function that listens to these match patterns in place of those before; to none, it ends.
 * While they change nothing goes by unheard: the new listener is there before the old one goes.
 */
export function addressListener<Listener>(make: () => Listener) {
  let current: Listener | undefined;
  let known = '';
  return (
    event: AddressEvent<Listener>,
    urls: string[],
    add: (listener: Listener) => void,
  ): void => {
    const before = current;
    // With its permission the listener goes, too.
    const isThere = before !== undefined && event.hasListener(before);
    if (isThere && known === urls.join()) return;
    known = urls.join();
    current = urls.length > 0 ? make() : undefined;
    if (current) add(current);
    if (before) event.removeListener(before);
  };
}
