import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { t } from '@/lib/i18n';
import { FITTING, panBy, zoomTo, type Zoom } from '@/lib/panel/zoom';
import { IconButton } from './ui/button';

const STEP = 1.5;
/** Pixels that an arrow key moves an enlarged picture by. */
const ARROW = 60;
/** Turns pixels of a wheel into a factor; a pinch on a touchpad comes as a wheel with Ctrl. */
const WHEEL = 0.002;
const PINCH = 0.01;

const arrows: Record<string, [x: number, y: number]> = {
  ArrowLeft: [ARROW, 0],
  ArrowRight: [-ARROW, 0],
  ArrowUp: [0, ARROW],
  ArrowDown: [0, -ARROW],
};

/** The zoom of one picture, and the keys that change it. */
export function usePictureZoom() {
  const stage = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(FITTING);
  const viewSize = () => ({
    width: stage.current?.clientWidth ?? 0,
    height: stage.current?.clientHeight ?? 0,
  });
  const pan = (x: number, y: number) => setZoom((old) => panBy(old, { x, y }, viewSize()));
  const change = (factor: number, point?: { x: number; y: number }) =>
    setZoom((old) => panBy(zoomTo(old, old.scale * factor, point), { x: 0, y: 0 }, viewSize()));
  const reset = () => setZoom(FITTING);
  /** Whether the key was the zoom's: + − 0, and arrows of an enlarged picture. */
  const takeKey = ({ key }: KeyboardEvent): boolean => {
    const arrow = arrows[key];
    if (key === '+' || key === '=') change(STEP);
    else if (key === '-') change(1 / STEP);
    else if (key === '0') reset();
    else if (arrow && zoom.scale > 1) pan(...arrow);
    else return false;
    return true;
  };
  return { stage, zoom, pan, change, reset, takeKey };
}

/** A picture that can be enlarged by wheel, pinch, double click and buttons, and dragged about. */
export function PictureStage({
  src,
  alt,
  size,
  view,
}: {
  src: string;
  alt: string;
  /** Pixels of the picture: it fits the view, but is not blown up to it. */
  size: { width: number; height: number };
  view: ReturnType<typeof usePictureZoom>;
}) {
  const { stage, zoom, change } = view;
  const fingers = useFingers(view);
  useEffect(() => {
    const element = stage.current;
    const onWheel = (event: WheelEvent) => {
      // The page must not zoom or scroll under it, which React's own listener could not prevent.
      event.preventDefault();
      const speed = event.ctrlKey ? PINCH : WHEEL;
      change(Math.exp(-event.deltaY * speed), pointIn(event));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  });
  return (
    <div
      ref={stage}
      className={`absolute inset-0 touch-none overflow-hidden ${zoom.scale > 1 ? 'cursor-grab active:cursor-grabbing' : ''}`}
      onDoubleClick={(event) => (zoom.scale > 1 ? view.reset() : change(2, pointIn(event)))}
      {...fingers}
    >
      <img
        src={src}
        alt={alt}
        draggable={false}
        className="absolute inset-0 m-auto size-full object-contain"
        style={{ maxWidth: size.width, maxHeight: size.height, transform: transformOf(zoom) }}
      />
    </div>
  );
}

/** Buttons for those who have neither wheel nor fingers. */
export function ZoomButtons({ view }: { view: ReturnType<typeof usePictureZoom> }) {
  const { scale } = view.zoom;
  return (
    <div className="flex flex-none gap-1 self-start text-ink-2">
      <IconButton
        icon={ZoomIn}
        size="large"
        label={t('zoomIn')}
        onClick={() => view.change(STEP)}
      />
      <IconButton
        icon={ZoomOut}
        size="large"
        label={t('zoomOut')}
        disabled={scale === 1}
        onClick={() => view.change(1 / STEP)}
      />
      <IconButton
        icon={Maximize}
        size="large"
        label={t('zoomFit')}
        disabled={scale === 1}
        onClick={view.reset}
      />
    </div>
  );
}

/** One finger or button drags, two pinch. */
function useFingers({ zoom, pan, change }: ReturnType<typeof usePictureZoom>) {
  const down = useRef(new Map<number, { x: number; y: number }>());
  const leave = ({ pointerId }: PointerEvent) => void down.current.delete(pointerId);
  return {
    onPointerDown: (event: PointerEvent) => {
      down.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const before = down.current.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
      if (other) change(distance(now, other) / (distance(before, other) || 1));
      else if (zoom.scale > 1) pan(now.x - before.x, now.y - before.y);
      down.current.set(event.pointerId, now);
    },
    onPointerUp: leave,
    onPointerCancel: leave,
  };
}

function distance(one: { x: number; y: number }, other: { x: number; y: number }): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** Where a pointer is, from the middle of what it is over. */
function pointIn(event: { clientX: number; clientY: number; currentTarget: EventTarget | null }): {
  x: number;
  y: number;
} {
  if (!(event.currentTarget instanceof Element)) return { x: 0, y: 0 };
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
}

function transformOf({ scale, x, y }: Zoom): string {
  return `translate(${x}px, ${y}px) scale(${scale})`;
}
