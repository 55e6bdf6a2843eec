/** ComfyUI's own sample workflow, as its server takes it: nodes by id, links as `[id, output]`. */
import { samplingOf } from './diffusion';

export interface Drawing {
  checkpoint: string;
  prompt: string;
  seed: number;
  /** How many pictures. */
  count: number;
  /** Pixels; a picture that is changed keeps its own size. */
  width: number;
  height: number;
  /** Name of a picture on the server that is to be changed. */
  source?: string;
}

/** How much of a picture that is to be changed gives way, from 0 to 1. */
const CHANGE = 0.6;

export function drawingWorkflow(drawing: Drawing): Record<string, unknown> {
  const { checkpoint, prompt, seed, count, width, height, source } = drawing;
  const { steps, cfg } = samplingOf(checkpoint);
  const start = source
    ? {
        source: node('LoadImage', { image: source }),
        encoded: node('VAEEncode', { pixels: ['source', 0], vae: ['checkpoint', 2] }),
        start: node('RepeatLatentBatch', { samples: ['encoded', 0], amount: count }),
      }
    : { start: node('EmptyLatentImage', { width, height, batch_size: count }) };
  return {
    checkpoint: node('CheckpointLoaderSimple', { ckpt_name: checkpoint }),
    prompt: node('CLIPTextEncode', { text: prompt, clip: ['checkpoint', 1] }),
    without: node('CLIPTextEncode', { text: '', clip: ['checkpoint', 1] }),
    ...start,
    drawn: node('KSampler', {
      model: ['checkpoint', 0],
      positive: ['prompt', 0],
      negative: ['without', 0],
      latent_image: ['start', 0],
      seed,
      steps,
      cfg,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: source ? CHANGE : 1,
    }),
    decoded: node('VAEDecode', { samples: ['drawn', 0], vae: ['checkpoint', 2] }),
    // Not SaveImage: Aside keeps the picture, and the server's folder stays as it was.
    shown: node('PreviewImage', { images: ['decoded', 0] }),
  };
}

function node(kind: string, inputs: Record<string, unknown>) {
  return { class_type: kind, inputs };
}
