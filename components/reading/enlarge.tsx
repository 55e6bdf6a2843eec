import { useState, type ReactNode } from 'react';
import { PictureStage, usePictureZoom, ZoomButtons } from '../picture-stage';
import { Dialog } from '../ui/dialog';

/** Shows what a text holds large, to be zoomed and moved; `trigger` is the button that opens it. */
export function Enlarge({
  label,
  src,
  alt,
  size,
  trigger,
}: {
  /** What it is. */
  label: string;
  src: string;
  alt: string;
  /** How large it is shown at most before it is zoomed, in pixels. */
  size: { width: number; height: number };
  trigger: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const zoom = usePictureZoom();
  return (
    <Dialog
      label={label}
      isOpen={isOpen}
      onOpenChange={(next) => {
        zoom.reset();
        setOpen(next);
      }}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        if (zoom.takeKey(event)) event.preventDefault();
      }}
      trigger={trigger}
    >
      <div className="pointer-events-none absolute inset-3 mx-auto flex max-w-[760px] flex-col gap-3 *:pointer-events-auto">
        <ZoomButtons view={zoom} />
        <div className="relative min-h-0 flex-1">
          <PictureStage src={src} alt={alt} size={size} view={zoom} />
        </div>
      </div>
    </Dialog>
  );
}
