namespace MedEmbed.Tokenization.Loading;

/// <summary>Reads the post-processor of <c>tokenizer.json</c>: where special tokens go.</summary>
internal static class PostProcessorJson
{
    public static SpecialTokenTemplate Read(JsonField root)
    {
        JsonField field = root.Require("post_processor");
        string type = field.Require("type").Text();
        return type switch
        {
            "TemplateProcessing" => new SpecialTokenTemplate(Parts(field, "single", texts: 1), Parts(field, "pair", texts: 2)),
            "BertProcessing" => SpecialTokenTemplate.Bert(IdOf(field.Require("cls")), IdOf(field.Require("sep"))),
            _ => throw field.Fault($"is a {type}; TemplateProcessing and BertProcessing are supported. Use a BERT model."),
        };
    }

    // ["[CLS]", 101]
    private static int IdOf(JsonField token) =>
        token.Items().ElementAtOrDefault(1) is { File: not null } id
            ? id.Integer(0, Vocabulary.HighestId)
            : throw token.Fault("must be a list of token and id.");

    private static List<TemplatePart> Parts(JsonField processor, string name, int texts)
    {
        JsonField list = processor.Require(name);
        List<TemplatePart> parts = [];
        foreach (JsonField item in list.Items())
        {
            if (item.Find("Sequence") is { } sequence)
                parts.Add(TemplatePart.Text(TextOf(sequence.Require("id")), TypeOf(sequence)));
            else if (item.Find("SpecialToken") is { } special)
                parts.AddRange(Ids(processor, special.Require("id")).Select(id => TemplatePart.Special(id, TypeOf(special))));
            else
                throw item.Fault("must be a \"Sequence\" or a \"SpecialToken\".");
        }

        for (int text = 0; text < 2; text++)
        {
            if (parts.Count(part => part.IsText && part.Value == text) != (text < texts ? 1 : 0))
                throw list.Fault(texts == 1 ? "must hold text A once and no other." : "must hold texts A and B once each.");
        }

        return parts;
    }

    private static int TextOf(JsonField id) => id.Text() switch
    {
        "A" => 0,
        "B" => 1,
        _ => throw id.Fault("must be \"A\" or \"B\"."),
    };

    private static int TypeOf(JsonField part) => part.Find("type_id")?.Integer(0, int.MaxValue) ?? 0;

    private static IEnumerable<int> Ids(JsonField processor, JsonField name) =>
        processor.Require("special_tokens").Find(name.Text()) is { } token
            ? token.Require("ids").Items().Select(id => id.Integer(0, Vocabulary.HighestId))
            : throw name.Fault($"names \"{name.Text()}\", which \"post_processor.special_tokens\" does not define. Fetch the file again.");
}
