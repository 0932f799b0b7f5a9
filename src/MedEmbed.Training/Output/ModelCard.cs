using System.Globalization;
using System.Text;
using System.Text.Json;
using MedEmbed.Models;

namespace MedEmbed.Training.Output;

/// <summary>The text of a model card: <c>README.md</c> as the Hugging Face hub reads it, a YAML header and Markdown.</summary>
public static class ModelCard
{
    private static readonly string[] UsualTags = ["sentence-transformers", "sentence-similarity", "feature-extraction", "medical", "medembed"];

    private static readonly JsonSerializerOptions Quoted = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The card of a model with the sizes, modules and prompts of <paramref name="model"/>.</summary>
    public static string Text(ModelCardContent content, ModelFolder model)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(model);
        var card = new StringBuilder();
        AppendHeader(card, content);
        Line(card, $"# {MarkdownText.Plain(content.Name)}");
        Line(card, $"\n{MarkdownText.Plain(content.Summary)}");
        Line(card, $"\n{Sizes(model)}");
        AppendUse(card, content, model);
        AppendDatasets(card, content);
        MarkdownText.AppendTable(card, new CardTable("Recipe", ["setting", "value"], [.. content.Recipe.Select(setting => (string[])[setting.Key, setting.Value])]));
        MarkdownText.AppendTable(card, new CardTable("Results", ["task", "metric", "before", "after"], [.. content.Results.Select(Cells)]));
        foreach (CardTable table in content.Tables)
            MarkdownText.AppendTable(card, table);
        Line(card, "\n## Licence\n");
        Line(card, content.Licence is { } licence
            ? $"{MarkdownText.Plain(licence)}. The data sets and the base model have licences of their own."
            : "Nobody has said under which licence these weights stand. The licences of the base model and of the data sets apply.");
        Line(card, "\nVectors of this model find texts; they diagnose nothing, and what they find is no medical advice.");
        return card.ToString();
    }

    private static void AppendHeader(StringBuilder card, ModelCardContent content)
    {
        Line(card, "---");
        Line(card, "library_name: sentence-transformers");
        Line(card, "pipeline_tag: sentence-similarity");
        AppendList(card, "language", content.Languages);
        AppendList(card, "tags", [.. UsualTags.Concat(content.Tags).Distinct(StringComparer.Ordinal)]);
        if (content.Licence is { } licence)
            Line(card, $"license: {Yaml(licence)}");

        // The hub takes ids alone; a folder's name would be looked for there.
        if (content.BaseModel is { } basis && IsHubId(basis))
            AppendList(card, "base_model", [basis]);
        AppendList(card, "datasets", [.. content.Datasets.Select(dataset => dataset.Name).Union(content.InheritedDatasets, StringComparer.Ordinal)]);
        Line(card, "---\n");
    }

    private static string Sizes(ModelFolder model) => string.Create(CultureInfo.InvariantCulture,
        $"BERT encoder, {model.Config.Layers} layers of {model.Config.HiddenSize}; {model.Dimensions} dimensions{(model.Normalizes ? ", unit length" : "")}; texts up to {model.MaxLength} tokens; similarity: {model.Similarity.ToString().ToLowerInvariant()}.");

    private static void AppendUse(StringBuilder card, ModelCardContent content, ModelFolder model)
    {
        string name = content.Name.Replace('"', ' ').Replace('`', ' ');
        string prompt = model.Prompts.ByName.ContainsKey("query") ? ", prompt_name=\"query\"" : "";
        Line(card, "\n## Use\n\nWith MedEmbed for .NET (or the folder's path after `--model`):\n\n```");
        Line(card, $"medembed index build --corpus corpus.jsonl --model \"./{name}\" --output my-index");
        Line(card, "medembed search \"why do my joints hurt in the morning\" --index my-index\n```\n\n```csharp");
        Line(card, $"using var encoder = TextEncoder.Open(\"{name}\");");
        Line(card, "Encoded queries = await encoder.EncodeAsync([\"joint pain in the morning\"], EncodeOptions.Query);\n```\n\nWith sentence-transformers:\n\n```python");
        Line(card, "from sentence_transformers import SentenceTransformer\n");
        Line(card, $"model = SentenceTransformer(\"{name}\")");
        Line(card, $"queries = model.encode([\"joint pain in the morning\"]{prompt})");
        Line(card, "documents = model.encode([\"Morning stiffness of the joints suggests inflammation.\"])");
        Line(card, "print(model.similarity(queries, documents))\n```");
        MarkdownText.AppendTable(card, new CardTable("Prompts", ["name", "stands before each text"], [.. model.Prompts.ByName.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (string[])[entry.Key, entry.Value.Length == 0 ? "(nothing)" : $"\"{entry.Value}\""])]));
    }

    private static void AppendDatasets(StringBuilder card, ModelCardContent content)
    {
        string basis = content.BaseModel is { } name
            ? $"{MarkdownText.Plain(name)}{(content.BaseModelHash is { } hash ? $" (SHA-256 of its content: {hash})" : "")}"
            : "none";
        Line(card, $"\n## Training\n\nBase model: {basis}.");
        MarkdownText.AppendTable(card, new CardTable(
            "Data",
            ["data set", "examples", "licence", "SHA-256", "note"],
            [.. content.Datasets.Select(dataset => (string[])[dataset.Name, dataset.Examples.ToString("N0", CultureInfo.InvariantCulture), dataset.Licence ?? "not said", dataset.Hash, dataset.Note ?? ""])]));
        if (content.InheritedDatasets.Count > 0)
            Line(card, $"\nThe models it is made of were trained on {string.Join(", ", content.InheritedDatasets.Select(MarkdownText.Plain))}; their cards tell more.");
        if (content.Datasets.Count == 0 && content.Contamination is null)
            return;
        Line(card, "\n## Contamination\n");
        Line(card, content.Contamination is { } found ? Statement(found) : "The training texts were not compared with any benchmark: scores on public benchmarks may be scores on texts seen in training.");
    }

    private static string Statement(CardContamination found)
    {
        string how = found.NearDuplicates ? "exactly, normalised, and as near-duplicates" : "exactly and normalised";
        string missed = found.NearDuplicates ? "Paraphrases are not found this way." : "Near-duplicates and paraphrases are not found this way.";
        string compared = string.Create(CultureInfo.InvariantCulture, $"Before training {found.Texts:N0} distinct texts were compared, {how}, with the queries and documents of {string.Join(", ", found.Benchmarks.Select(MarkdownText.Plain))}.");
        if (found.Triplets == 0 && found.Negatives == 0)
            return $"{compared} None overlaps. {missed}";
        string fate = found.LeftOut ? "they were left out of training" : "they were trained on, so that scores on these benchmarks are not those of unseen text";
        return string.Create(CultureInfo.InvariantCulture, $"{compared} {found.Triplets:N0} triplets overlap in query or positive, and {found.Negatives:N0} further negatives; {fate}. {missed}");
    }

    private static string[] Cells(CardResult result) =>
        [result.Task, result.Metric, result.Before is { } before ? Score(before) : "not measured", Score(result.After)];

    private static string Score(double score) => score.ToString("F4", CultureInfo.InvariantCulture);

    private static void AppendList(StringBuilder card, string field, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return;
        Line(card, $"{field}:");
        foreach (string value in values)
            Line(card, $"- {Yaml(value)}");
    }

    /// <summary>Every JSON string is a YAML string too; plain words stay plain.</summary>
    private static string Yaml(string value) => value.Length > 0 && value.All(letter => char.IsAsciiLetter(letter) || letter is '-' or '/') && value[0] != '-' && value is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off")
        ? value
        : JsonSerializer.Serialize(value, Quoted);

    private static bool IsHubId(string name) =>
        name.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } model] && (owner + model).All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && owner[0] != '.';

    private static void Line(StringBuilder card, string text) => card.Append(text).Append('\n');
}
