// What one observation is compared with: a forked process that imports a module, runs it, and answers.
const [entry, repetitions] = process.argv.slice(2);
const { run } = await import(entry);
let result;
for (let repetition = 0; repetition < Number(repetitions); repetition += 1) result = await run({});
const { user, system } = process.cpuUsage();
process.send({ result, cpuMs: (user + system) / 1000, peakRssBytes: process.resourceUsage().maxRSS * 1024 });
process.disconnect();
