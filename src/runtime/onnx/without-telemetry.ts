import process from "node:process";

/**
 * onnxruntime 1.30 keeps a device identifier and a database of usage events in the user's cache folder and uploads them. What
 * is trained on is nobody else's business: told before its library is loaded, it does neither. Import this first.
 */
process.env.ORT_DISABLE_TELEMETRY = "1";
