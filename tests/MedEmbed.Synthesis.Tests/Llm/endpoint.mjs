// A loopback OpenAI-compatible endpoint over a GGUF model: node endpoint.mjs MODEL.gguf. Prints its port, and ends with its standard input.
import { createServer } from "node:http";
import { getLlama, LlamaChatSession, LlamaLogLevel } from "node-llama-cpp";


// One thread: several wait for each other token by token, which on a busy machine takes many times as long.
const llama = await getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error, maxThreads: 1 });
const model = await llama.loadModel({ modelPath: process.argv[2] });
const context = await model.createContext({ contextSize: 2048, threads: 1 });
const sequence = context.getSequence();
let turn = Promise.resolve();

const server = createServer(async (request, response) => {
    if (request.method !== "POST" || request.url !== "/v1/chat/completions")
        return fail(response, 404, `there is no ${request.method} ${request.url}`);
    let body = "";
    for await (const chunk of request)
        body += chunk;
    const question = JSON.parse(body);
    const abort = new AbortController();
    response.on("close", () => abort.abort());

    // One answer at a time: the model has one sequence of tokens.
    turn = turn.then(() => answer(question, response, abort.signal)).catch((error) => fail(response, 500, error.message));
    await turn;
});

async function answer(question, response, signal) {
    if (signal.aborted)
        return;
    await sequence.clearHistory();
    const session = new LlamaChatSession({ contextSequence: sequence, systemPrompt: textOf(question.messages, "system") });
    const schema = question.response_format?.json_schema?.schema;
    const grammar = schema ? await llama.createGrammarForJsonSchema(schema) : undefined;
    const before = sequence.tokenMeter.getState();
    const send = question.stream ? (delta, finish_reason = null, usage) => response.write(`data: ${JSON.stringify(chunk(delta, finish_reason, usage))}\n\n`) : () => {};
    if (question.stream)
        response.writeHead(200, { "Content-Type": "text/event-stream" });
    const { responseText, stopReason } = await session.promptWithMeta(textOf(question.messages, "user"), {
        grammar, signal, stopOnAbortSignal: true,
        maxTokens: question.max_completion_tokens ?? question.max_tokens ?? 256,
        temperature: question.temperature ?? 0,
        seed: question.seed ?? 0,
        onTextChunk: (content) => send({ content })
    });
    session.dispose();
    const { usedInputTokens, usedOutputTokens } = sequence.tokenMeter.diff(before);
    const usage = { prompt_tokens: usedInputTokens, completion_tokens: usedOutputTokens, total_tokens: usedInputTokens + usedOutputTokens };
    const finish = stopReason === "maxTokens" ? "length" : "stop";
    if (question.stream) {
        send({}, finish, usage);
        return response.end("data: [DONE]\n\n");
    }
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ ...envelope("chat.completion"), choices: [{ index: 0, finish_reason: finish, message: { role: "assistant", content: responseText } }], usage }));
}

const envelope = (object) => ({ id: "chatcmpl-0", object, created: 0, model: "gguf" });
const chunk = (delta, finish_reason, usage) => ({ ...envelope("chat.completion.chunk"), choices: [{ index: 0, delta, finish_reason }], ...(usage ? { usage } : {}) });
const textOf = (messages, role) => messages.filter((message) => message.role === role)
    .map((message) => (typeof message.content === "string" ? message.content : message.content.map((part) => part.text).join(""))).join("\n\n");

function fail(response, status, message) {
    if (!response.headersSent)
        response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ error: { message, type: "server_error" } }));
}

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit(0));
