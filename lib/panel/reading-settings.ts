/** The person's way of reading, as attributes of the page that components/theme.css knows. */
import { reading, type Reading } from '../settings';

/** Sets the page as Settings say, now and whenever they change; until the function is called. */
export function followReading(): () => void {
  void reading.getValue().then(applyReading);
  return reading.watch(applyReading);
}

function applyReading({ textSize, density, width }: Reading): void {
  const { dataset } = document.documentElement;
  dataset['textSize'] = textSize;
  dataset['density'] = density;
  dataset['width'] = width;
}
