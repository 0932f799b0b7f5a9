using System.Diagnostics;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Texts;
using MedEmbed.Data.Vectors;
using MedEmbed.Encoding;
using MedEmbed.Vectors;

namespace MedEmbed.Cli.Encoding;

/// <summary>Texts of one input to vectors of one output, continued where an earlier run was stopped.</summary>
/// <param name="Model">Encodes.</param>
/// <param name="Options">How.</param>
/// <param name="Reader">The input.</param>
/// <param name="Writer">The output. Saved at the ends of windows alone, so that a continued run encodes the very windows of an unbroken one.</param>
/// <param name="Element">The form of its vectors.</param>
/// <param name="CanGoOn">Whether the input can be read again, and so the run be continued.</param>
internal sealed record EmbeddingRun(ChosenEncoder Model, EncodeOptions Options, DocumentReader Reader, VectorWriter Writer, VectorElement Element, bool CanGoOn)
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    /// <summary>Runs to the end of the input and completes the output.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; whole windows are kept.</exception>
    public async Task<EncodeReport> ExecuteAsync(CommandInvocation invocation, string output, CancellationToken cancellationToken)
    {
        NoteStart(invocation, output);
        try
        {
            EncodeReport report = await EncodeAsync(invocation, cancellationToken).ConfigureAwait(false);
            await Writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
            return report;
        }
        catch (OperationCanceledException) when (CanGoOn && Writer.Start != OutputStart.Direct)
        {
            invocation.Progress.Note($"{output}: {Count(Writer.Rows)} vectors are kept; the same command goes on from there.");
            throw;
        }
        catch (FormatException)
        {
            // The input has to change, and another input begins anew.
            Writer.Discard();
            throw;
        }
    }

    private async Task<EncodeReport> EncodeAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        long saved = Stopwatch.GetTimestamp();
        try
        {
            return await invocation.Progress.RunAsync(
                "embed",
                progress => new CorpusEncoding(Model, Options, Reader).RunAsync(Write, WindowDone, Writer.Rows, progress, cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Writer.Save();
            throw;
        }

        void WindowDone()
        {
            if (Writer.Start != OutputStart.Direct && Stopwatch.GetElapsedTime(saved) < SaveEvery)
                return;
            Writer.Save();
            saved = Stopwatch.GetTimestamp();
        }
    }

    private void NoteStart(CommandInvocation invocation, string output)
    {
        if (Writer.Start == OutputStart.Continued)
            invocation.Progress.Note($"{output}: going on after {Count(Writer.Rows)} vectors of an earlier run.");
        else if (Writer.Start == OutputStart.Restarted)
            invocation.Progress.Note($"{output}: an unfinished output of other input or settings was there and is begun anew.");
    }

    private void Write(Document document, Span<float> vector)
    {
        switch (Element)
        {
            case VectorElement.Int8:
                Span<sbyte> codes = stackalloc sbyte[vector.Length];
                PerVectorInt8.Quantize(vector, codes);
                Writer.Write(document.Id, codes);
                break;
            case VectorElement.Binary:
                Span<byte> packed = stackalloc byte[BinaryQuantizer.BytesOf(vector.Length)];
                BinaryQuantizer.Quantize(vector, packed);
                Writer.Write(document.Id, packed);
                break;
            default:
                Writer.Write(document.Id, vector);
                break;
        }
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
