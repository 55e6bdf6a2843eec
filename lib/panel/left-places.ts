/** Where the person left each conversation, as long as the page lives. */
import type { Place } from './reading-place';

const places = new Map<string, Place>();

/** The place that was left; undefined for the end of the conversation. */
export function leftPlace(conversationId: string): Place | undefined {
  return places.get(conversationId);
}

export function leavePlace(conversationId: string, place: Place | undefined): void {
  if (place) places.set(conversationId, place);
  else places.delete(conversationId);
}
