"""One training step of BERT in PyTorch for each line of input ("f32" or "bf16"); answers with its seconds.

The same work as ours: queries of 32 tokens, a positive and a negative of 128 each, InfoNCE, clipping, AdamW. Attention is written out and bf16 is the
whole model, cast from f32 parameters in each step, which is the fastest form there is for PyTorch on CPUs; texts of one length go through the model together.
"""
import json, math, struct, sys, time
import torch
import torch.nn.functional as F

model, threads, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(1)
config = json.load(open(f"{model}/config.json"))
hidden, layers, heads, inner = (config[k] for k in ("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size"))


def load(path):
    with open(path, "rb") as f:
        header = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))
        data = f.read()
    kinds = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
    return {n: torch.frombuffer(bytearray(data[t["data_offsets"][0]:t["data_offsets"][1]]), dtype=kinds[t["dtype"]]).view(t["shape"]).float()
            for n, t in header.items() if n != "__metadata__" and t["dtype"] in kinds and not n.startswith("pooler")}


parameters = {n: torch.nn.Parameter(t) for n, t in load(f"{model}/model.safetensors").items()}
optimizer = torch.optim.AdamW(parameters.values(), lr=1e-5)


def forward(ids, kind):
    w = {n: p.to(kind) for n, p in parameters.items() if n.startswith("encoder")}
    n, length = ids.shape
    x = F.embedding(ids, parameters["embeddings.word_embeddings.weight"]) + parameters["embeddings.position_embeddings.weight"][:length] \
        + parameters["embeddings.token_type_embeddings.weight"][0]
    x = F.layer_norm(x, (hidden,), parameters["embeddings.LayerNorm.weight"], parameters["embeddings.LayerNorm.bias"], 1e-12).to(kind)
    split = lambda t: t.view(n, length, heads, hidden // heads).transpose(1, 2)
    for i in range(layers):
        at = f"encoder.layer.{i}."
        linear = lambda t, name: F.linear(t, w[f"{at}{name}.weight"], w[f"{at}{name}.bias"])
        norm = lambda t, name: F.layer_norm(t, (hidden,), w[f"{at}{name}.weight"], w[f"{at}{name}.bias"], 1e-12)
        q, k, v = (split(linear(x, f"attention.self.{part}")) for part in ("query", "key", "value"))
        context = torch.softmax((q / math.sqrt(hidden // heads)) @ k.transpose(-1, -2), -1) @ v
        x = norm(x + linear(context.transpose(1, 2).reshape(n, length, hidden), "attention.output.dense"), "attention.output.LayerNorm")
        x = norm(x + linear(F.gelu(linear(x, "intermediate.dense")), "output.dense"), "output.LayerNorm")
    return F.normalize(x[:, 0].float())


def step(kind):
    queries, documents = torch.randint(1000, 30000, (batch, 32)), torch.randint(1000, 30000, (2 * batch, 128))
    start = time.perf_counter()
    scores = forward(queries, kind) @ forward(documents, kind).T / 0.02
    F.cross_entropy(scores, torch.arange(batch)).backward()
    torch.nn.utils.clip_grad_norm_(parameters.values(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return time.perf_counter() - start


print(torch.__version__, flush=True)
for line in sys.stdin:
    print(step({"f32": torch.float32, "bf16": torch.bfloat16}[line.strip()]), flush=True)
