import { readFileSync } from "node:fs";
import { Person } from "../src/rest-client";
import { System } from "../src/system";
it("uploads through the frontend", async () => {
  const system = await System.start();
  try {
    const p = await Person.signUp(system, "Owner");
    const rss = () => Object.fromEntries((["Frontend", "API"] as const).map((n) => [n, Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${system.pid(n)}/status`, "utf8"))?.[1]) / 1024)]));
    const auth = { authorization: `Bearer ${p.rest.token}` };
    const send = async (mb: number) => {
      const form = new FormData();
      form.set("file", new Blob([new Uint8Array(mb * 1024 * 1024).fill(1)]), "big.bin");
      const t = performance.now();
      const r = await fetch(`${system.web}/api/upload`, { method: "POST", body: form, headers: auth });
      console.log(mb, r.status, Math.round(performance.now() - t), "ms", rss());
      return (await r.json()) as { file: { id: string; url: string; size: number } };
    };
    console.log(rss());
    await send(1);
    for (let i = 0; i < 5; i++) await send(50);
    const { file } = await send(49);
    console.log(await send(60));
    const redirect = await fetch(`${system.web}${file.url}`, { headers: auth, redirect: "manual" });
    console.log(redirect.status, redirect.headers.get("location"), redirect.headers.get("cache-control"), redirect.headers.get("content-security-policy"));
    const part = await fetch(new URL(redirect.headers.get("location") ?? "", system.web), { headers: { range: "bytes=1000-1099" } });
    console.log(part.status, Object.fromEntries(part.headers), (await part.arrayBuffer()).byteLength);
    const all = await fetch(new URL(redirect.headers.get("location") ?? "", system.web));
    console.log(all.status, (await all.arrayBuffer()).byteLength, rss());
  } finally {
    await system.stop();
  }
}, 120000);
