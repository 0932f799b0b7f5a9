using System.CommandLine;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Training.Recipes;

namespace MedEmbed.Cli.Options;

/// <summary>An option for every key of a recipe, with the key's own description.</summary>
internal sealed class RecipeOptions
{
    private readonly (string Key, Type Type, Option Option)[] _options =
    [
        .. RecipeJson.Options.GetTypeInfo(typeof(TrainingRecipe)).Properties
            .Select(property => (property.Name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, OptionOf(property))),
    ];

    public void AddTo(Command command)
    {
        foreach ((_, _, Option option) in _options)
            command.Options.Add(option);
    }

    /// <summary>The keys that stand on the command line, as a recipe's JSON.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Given(CommandInvocation invocation)
    {
        var given = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach ((string key, Type type, Option option) in _options)
        {
            if (invocation.Has(option))
                given[key] = ToJson(option.Name, type, Values(invocation, option));
        }

        return given;
    }

    private static Option OptionOf(JsonPropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        string name = "--" + property.Name.Replace('_', '-');
        string? description = property.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), false).OfType<DescriptionAttribute>().Single().Description;
        if (IsList(type))
            return new Option<string[]>(name) { Description = description, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
        return new Option<string?>(name)
        {
            Description = description,
            Arity = type == typeof(bool) ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
    }

    private static string[] Values(CommandInvocation invocation, Option option) => option switch
    {
        Option<string[]> list => invocation.Get(list) ?? [],
        Option<string?> single when invocation.Get(single) is { } value => [value],
        _ => [],
    };

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    private static JsonNode? ToJson(string option, Type type, string[] values)
    {
        if (IsList(type))
            return values is [var only] && only.StartsWith('[') ? Parse(option, only) : new JsonArray([.. values.Select(value => Item(option, value))]);
        if (type == typeof(bool))
            return values.Length == 0 || Flag(option, values[0]);
        string text = values[^1];
        if (type == typeof(string) || type.IsEnum)
            return text;
        return type.IsPrimitive ? Number(option, text) : Item(option, text);
    }

    private static JsonNode? Item(string option, string text) => text.StartsWith('{') ? Parse(option, text) : JsonValue.Create(text);

    private static bool Flag(string option, string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw new UsageException($"{option} is \"{text}\"; it must be true or false."),
    };

    private static JsonValue Number(string option, string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            return JsonValue.Create(whole);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : throw new UsageException($"{option} is \"{text}\"; it must be a number, such as 32 or 2e-5.");
    }

    private static JsonNode? Parse(string option, string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException error)
        {
            throw new UsageException($"{option}: {text} is not valid JSON ({error.Message}).");
        }
    }
}
