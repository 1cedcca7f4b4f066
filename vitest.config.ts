import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    env: { ORT_DISABLE_TELEMETRY: "1" },
    include: ["tests/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    coverage: { provider: "v8", include: ["src/**"] },
  },
});
