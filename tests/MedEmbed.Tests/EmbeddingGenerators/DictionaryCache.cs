using Microsoft.Extensions.Caching.Distributed;

namespace MedEmbed.Tests.EmbeddingGenerators;

/// <summary>A distributed cache in memory, without expiry.</summary>
internal sealed class DictionaryCache : IDistributedCache
{
    private readonly Dictionary<string, byte[]> _entries = [];

    public byte[]? Get(string key) => _entries.GetValueOrDefault(key);

    public Task<byte[]?> GetAsync(string key, CancellationToken token) => Task.FromResult(Get(key));

    public void Refresh(string key)
    {
    }

    public Task RefreshAsync(string key, CancellationToken token) => Task.CompletedTask;

    public void Remove(string key) => _entries.Remove(key);

    public Task RemoveAsync(string key, CancellationToken token)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => _entries[key] = value;

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token)
    {
        Set(key, value, options);
        return Task.CompletedTask;
    }
}
