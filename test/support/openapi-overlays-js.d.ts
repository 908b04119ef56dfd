declare module "openapi-overlays-js/src/overlay.js" {
  export function applyOverlay<Spec>(spec: Spec, overlay: unknown): Spec;
}
